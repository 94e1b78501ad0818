package import Encoding
import Foundations

/// What is told of an encode while it goes on.
package enum EncodeNews: Sendable {
  /// What was decided before anything is encoded.
  case planned(EncodePlan)
  case stage(EncodeStage)
  /// How much of a stage is done.
  case progress(EncodeStage, fraction: Double)
  /// What happened to a segment.
  case segment(EncodingEvent)
  /// What the user should know.
  case warning(String)
}
