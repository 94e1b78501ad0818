package import Foundations

/// Where the bare frames of a film come from, in the form they are encoded in.
package protocol FrameSource: Sendable {
  /// Hands out frames in order, packed: planes one after the other, rows without gaps.
  ///
  /// `step` above 1 takes every so-manieth frame alone. Blocks; what `each` throws ends it.
  func eachFrame(
    _ frames: Range<Int>, every step: Int, stop: StopFlag, _ each: ([UInt8]) throws -> Void
  ) throws
}
