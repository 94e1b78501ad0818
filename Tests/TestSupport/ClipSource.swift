package import Foundations
import Media
import Synchronization

/// A source in memory that hands over little at a time, or fails, or raises a flag, at a chosen read.
package final class ClipSource: ByteSource {
  package enum Trouble: Error { case made }

  package let name: String
  package let canSeek: Bool
  private let bytes: [UInt8]
  private let piece: Int
  private let tellsSize: Bool
  private let failsAt: Int?
  private let stopsAt: (read: Int, flag: StopFlag)?
  private let state = Mutex((place: 0, reads: 0))

  package init(
    _ bytes: [UInt8], name: String, canSeek: Bool = true, tellsSize: Bool = true,
    piece: Int = 1_000, failsAt: Int? = nil, stopsAt: (read: Int, flag: StopFlag)? = nil
  ) {
    self.bytes = bytes
    self.name = name
    self.canSeek = canSeek
    self.tellsSize = tellsSize
    self.piece = piece
    self.failsAt = failsAt
    self.stopsAt = stopsAt
  }

  package var size: Int64? { tellsSize ? Int64(bytes.count) : nil }

  /// How many reads came.
  package var readCount: Int { state.withLock { $0.reads } }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    try state.withLock { state in
      state.reads += 1
      if state.reads == failsAt { throw Trouble.made }
      if let stopsAt, state.reads == stopsAt.read { stopsAt.flag.stop() }
      let end = min(bytes.count, state.place + min(piece, buffer.count))
      guard end > state.place else { return 0 }
      buffer.copyBytes(from: bytes[state.place..<end])
      defer { state.place = end }
      return end - state.place
    }
  }

  package func seek(to offset: Int64) throws { state.withLock { $0.place = Int(offset) } }
}
