import Media
import MediaOutput
import Synchronization

/// A picture that is there already, for a writer that asks for frames.
final class OnePicture: FrameSource {
  private let frame: Mutex<VideoFrame?>

  init(_ frame: consuming sending VideoFrame) { self.frame = Mutex(frame) }

  var count: Int? { 1 }
  func next(_ wish: FrameWish) throws -> VideoFrame? { frame.withLock { $0.take() } }
  func rewind() -> Bool { false }
}
