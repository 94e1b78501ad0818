import Foundations
import Glibc
import Media
import MediaOutput
import Synchronization

/// Describes the next frame as JSON into a buffer of some size; answers the length, 0 at the end, and
/// less when it failed.
public typealias NextFrame =
  @convention(c) (UnsafeMutableRawPointer?, UnsafeMutablePointer<CChar>?, Int32) -> Int32

/// Takes a line of the log with its level.
public typealias SayLine = @convention(c) (UnsafePointer<CChar>?, UnsafePointer<CChar>?) -> Void

/// Frames that the caller makes one by one; each is read before the next is asked for.
final class CalledFrames: FrameSource, @unchecked Sendable {
  // Sendable: the one thread that reads frames calls the caller's function, never two at once.
  private static let room: Int32 = 4_096

  private let call: NextFrame
  private let context: UnsafeMutableRawPointer?
  private let layout: PixelLayout?
  private let frames = Mutex(0)

  init(_ call: @escaping NextFrame, _ context: UnsafeMutableRawPointer?, layout: PixelLayout?) {
    self.call = call
    self.context = context
    self.layout = layout
  }

  var count: Int? { nil }
  func rewind() -> Bool { false }

  func next(_ wish: FrameWish) throws -> VideoFrame? {
    let text: String? = try withUnsafeTemporaryAllocation(
      of: CChar.self, capacity: Int(Self.room)
    ) { buffer in
      let length = call(context, buffer.baseAddress, Self.room)
      guard length >= 0, length <= Self.room else {
        throw BindingFailure("the frames' maker failed")
      }
      if length == 0 { return nil }
      let bytes = UnsafeRawBufferPointer(buffer).prefix(Int(length))
      return String(decoding: bytes, as: UTF8.self)
    }
    guard let text else { return nil }
    let number = frames.withLock { frames in
      defer { frames += 1 }
      return frames
    }
    return try ArrayFrames(
      picture: try LentArray.read(try JSONReader.read(text)), layout: layout, number: number
    ).next(wish)
  }
}

/// A logger that hands its lines to the caller's function.
func logger(_ say: SayLine?) -> Logger {
  guard let say else { return .silent }
  return Logger(to: CalledLog(say: say), from: .warning, time: SystemTime())
}

private struct CalledLog: LogSink {
  let say: SayLine

  func write(_ record: LogRecord) {
    record.level.rawValue.withCString { level in
      record.message.withCString { say(level, $0) }
    }
  }
}
