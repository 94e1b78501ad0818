package import FFmpegTool
import Foundations

/// One film that is to be encoded in pieces: everything that decides what comes out, and where it is
/// made.
package struct EncodingJob: Sendable {
  package var plan: SegmentPlan
  package var origin: PieceOrigin
  /// With the CRF that is taken where none is searched.
  package var settings: AV1Settings
  /// Nil for the CRF of the settings everywhere.
  package var goal: QualityGoal?
  package var allocation = EncodeSettings.Allocation.constant
  package var encoder: any SegmentEncoder
  package var store: SegmentStore
  /// How many bytes all pieces may have together; nil for any number.
  package var mostBytes: Int64?

  /// A job by its parts.
  package init(
    plan: SegmentPlan, origin: PieceOrigin, settings: AV1Settings, goal: QualityGoal?,
    allocation: EncodeSettings.Allocation = .constant, encoder: any SegmentEncoder,
    store: SegmentStore
  ) {
    self.plan = plan
    self.origin = origin
    self.settings = settings
    self.goal = goal
    self.allocation = allocation
    self.encoder = encoder
    self.store = store
  }
}
