import Encoding
import Foundations
import Media

/// A film's frames as an encoder takes them.
struct PackedFrames: FrameSource {
  let frames: FilmFrames

  func eachFrame(
    _ numbers: Range<Int>, every step: Int, stop: StopFlag, _ each: ([UInt8]) throws -> Void
  ) throws {
    var bytes: [UInt8] = []
    try frames.read(numbers, every: step, stop: stop) { _, frame in
      frame.packed(into: &bytes)
      try each(bytes)
    }
  }
}
