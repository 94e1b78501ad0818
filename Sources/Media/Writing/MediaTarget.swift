package import Foundations

/// Where media are written to.
package enum MediaTarget: Sendable {
  /// A new plain file; one that stands already is left as it is, and the work refused.
  case file(FilePath)
  /// Bytes that somebody takes piece by piece: an open descriptor, memory, a socket.
  case bytes(any ByteSink)

  /// What messages call it.
  package var name: String {
    switch self {
    case .file(let path): path.text
    case .bytes(let sink): sink.name
    }
  }
}

/// Somebody who takes bytes piece by piece.
///
/// Called from one thread at a time, the one the muxer runs on.
package protocol ByteSink: AnyObject, Sendable {
  /// What messages call it; its extension tells the format where nothing else does.
  var name: String { get }
  /// Whether `seek` works; without it some formats cannot be written at all.
  var canSeek: Bool { get }
  /// Whether `read` works; some settings (MP4's faststart) move what was written before.
  var canRead: Bool { get }
  /// Takes all of the bytes, at the place where it stands.
  func write(_ bytes: RawSpan) throws
  /// Goes to a place counted from the start.
  func seek(to offset: Int64) throws
  /// What was written at a place, up to `count` bytes; fewer only at the end. The place where the
  /// next bytes are written stays.
  func read(_ count: Int, at offset: Int64) throws -> [UInt8]
}
