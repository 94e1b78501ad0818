import Foundations
package import Media
import Synchronization

/// Frames as a stream of bare bytes, such as standard input: RGB, RGBA or gray, row by row.
package final class RawFrames: FrameSource {
  /// How the bytes lie.
  package struct Form: Sendable {
    package var width: Int
    package var height: Int
    package var channels: Int

    /// A form by its parts.
    package init(width: Int, height: Int, channels: Int) throws(MediaOutputFailure) {
      guard (1...32_768).contains(width), (1...32_768).contains(height),
        [1, 3, 4].contains(channels)
      else {
        throw MediaOutputFailure(
          .outputUnfitting, "frames cannot be \(width)x\(height) with \(channels) channels")
      }
      self.width = width
      self.height = height
      self.channels = channels
    }
  }

  private let form: Form
  private let source: any ByteSource
  private let frames = Mutex(0)

  /// The frames that a source of bytes gives.
  package init(_ source: any ByteSource, form: Form) {
    self.source = source
    self.form = form
  }

  package var count: Int? { nil }
  package func rewind() -> Bool { false }

  package func next(_ wish: FrameWish) throws -> VideoFrame? {
    let size = form.width * form.height * form.channels
    let bytes = try source.read(size)
    let index = frames.withLock { frames in
      defer { frames += 1 }
      return frames
    }
    if bytes.isEmpty { return nil }
    guard bytes.count == size else {
      throw MediaOutputFailure(
        .outputBadShape,
        "the stream ends in the middle of frame \(index): \(bytes.count) of \(size) bytes",
        hint: "check the width, height and number of channels")
    }
    let array = try PixelArray(
      SharedBytes(bytes), shape: [form.height, form.width, form.channels], element: .uint8)
    return try ArrayFrames(picture: array, number: index).next(wish)
  }
}
