package import Foundations
import Glibc

/// Where media are read from.
package enum MediaSource: Sendable {
  /// A plain file.
  case file(FilePath)
  /// Bytes in memory; the name is used in messages only.
  case memory([UInt8], name: String)
  /// Bytes that somebody hands over piece by piece.
  case bytes(any ByteSource)

  /// What comes in on standard input, called "-".
  ///
  /// A descriptor of its own is taken, so that closing it leaves the process's own open.
  package static func standardInput() throws(MediaFailure) -> MediaSource {
    do {
      let number = try systemCall("take standard input") { dup(STDIN_FILENO) }
      return .bytes(try FileByteSource(FileDescriptor(owning: number), name: "-"))
    } catch {
      throw MediaFailure(error.code, error.message, hint: error.hint, cause: error)
    }
  }

  /// What messages call it.
  package var name: String {
    switch self {
    case .file(let path): path.text
    case .memory(_, let name): name
    case .bytes(let source): source.name
    }
  }
}

/// Bytes handed over piece by piece: a pipe, a download, a blob in a store.
///
/// Called from one thread at a time, the one the demuxer runs on.
package protocol ByteSource: AnyObject, Sendable {
  /// What messages call it.
  var name: String { get }
  /// The number of bytes, nil where it is not known yet.
  var size: Int64? { get }
  /// Whether `seek` works; without it some formats cannot be read at all.
  var canSeek: Bool { get }
  /// Fills the start of the buffer; 0 only at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int
  /// Goes to a place counted from the start.
  func seek(to offset: Int64) throws
}

extension ByteSource {
  /// Reads so many bytes, fewer only at the end.
  package func read(_ count: Int) throws -> [UInt8] {
    var filled = 0
    return try [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
      let raw = UnsafeMutableRawBufferPointer(buffer)
      while filled < count {
        let read = try read(into: UnsafeMutableRawBufferPointer(rebasing: raw[filled...]))
        if read == 0 { break }
        filled += read
      }
      used = filled
    }
  }
}

extension MediaSource {
  /// Standard input as bytes; raising the flag ends the wait for them.
  package static func standardInputBytes(stop: StopFlag) throws(FileFailure) -> any ByteSource {
    let number = try systemCall("take standard input") { dup(STDIN_FILENO) }
    return try FileByteSource(FileDescriptor(owning: number), name: "-", stop: stop)
  }
}
