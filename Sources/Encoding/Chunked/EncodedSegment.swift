package import FFmpegTool
import Foundations

/// A segment that is done: its piece, and what it took.
package struct EncodedSegment: Sendable {
  package let segment: Segment
  /// What it was encoded with.
  package let settings: AV1Settings
  package let piece: EncodedPiece
  /// The score of each frame; empty where none was asked for or none could be had.
  package let scores: [Double]
  package let work: SegmentEffort
  /// What did not go as it should: the target not met, simpler settings taken.
  package let warnings: [String]

  /// The mean of the scores; nil where there are none.
  package var quality: Double? {
    scores.isEmpty ? nil : ScoredPiece(scores: scores, cpuSeconds: 0).mean
  }
}
