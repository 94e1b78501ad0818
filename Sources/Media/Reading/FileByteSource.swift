package import Foundations
import Glibc

/// A file, or any other open descriptor, as a source of bytes.
///
/// libav's own file protocol is not used: it would take `concat:` or `http:` at the start of a file
/// name for an order to go elsewhere.
package final class FileByteSource: ByteSource {
  package let name: String
  package let size: Int64?
  package let canSeek: Bool
  private let descriptor: FileDescriptor
  /// Where the file begins for whoever reads from here: where the descriptor stood.
  private let start: Int64
  /// Looked at while a pipe is silent; nil for a file, which never is.
  private let stop: StopFlag?

  /// Opens a plain file; a folder, pipe or device is refused before it can block or surprise.
  package init(_ path: FilePath) throws(FileFailure) {
    try Self.requirePlain(try Self.status(of: path), path)
    // Not blocking: the name may have become a pipe since it was looked at.
    let descriptor = try FileDescriptor.open(path, O_RDONLY | O_NONBLOCK)
    let status = try descriptor.status()
    try Self.requirePlain(status, path)
    name = path.text
    size = status.size
    canSeek = true
    start = 0
    stop = nil
    self.descriptor = descriptor
  }

  /// Takes an open descriptor (standard input, say), from where it stands.
  ///
  /// Waiting for a pipe ends when the flag is raised.
  package init(
    _ descriptor: consuming FileDescriptor, name: String, stop: StopFlag = StopFlag()
  ) throws(FileFailure) {
    let status = try descriptor.status()
    let number = descriptor.number
    canSeek = status.kind == .plain
    start =
      canSeek
      ? Int64(try systemCall("find the place in", FilePath(name)) { lseek(number, 0, SEEK_CUR) })
      : 0
    self.name = name
    size = canSeek ? max(0, status.size - start) : nil
    self.stop = canSeek ? nil : stop
    self.descriptor = descriptor
  }

  private static func status(of path: FilePath) throws(FileFailure) -> FileStatus {
    do { return try FileStatus.of(path) } catch  where error.code == .fileNotFound {
      throw FileFailure(.fileNotFound, "there is no file \(path)", errno: error.errno)
    }
  }

  private static func requirePlain(_ status: FileStatus, _ path: FilePath) throws(FileFailure) {
    switch status.kind {
    case .plain: return
    case .folder: throw FileFailure(.fileIsFolder, "\(path) is a folder")
    case let kind:
      throw FileFailure(
        .fileNotPlain, "\(path) is a \(kind.rawValue), not a plain file",
        hint: "to read a stream, hand it over as standard input: mediary … - < \(path)")
    }
  }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    if let stop { try wait(stop) }
    return try descriptor.read(into: buffer)
  }

  private func wait(_ stop: StopFlag) throws {
    var wanted = pollfd(fd: descriptor.number, events: Int16(POLLIN), revents: 0)
    let pause: Int32 = 100  // milliseconds
    repeat {
      try stop.check()
    } while try systemCall("wait for", FilePath(name)) {
      poll(&wanted, 1, pause)
    } == 0
  }

  package func seek(to offset: Int64) throws {
    try systemCall("go to \(offset) in", FilePath(name)) {
      lseek(descriptor.number, __off_t(start + offset), SEEK_SET)
    }
  }
}

/// Bytes in memory as a source of bytes.
final class MemoryByteSource: ByteSource {
  let name: String
  let canSeek = true
  private let bytes: [UInt8]
  private let place = PlaceInMemory()

  init(_ bytes: [UInt8], name: String) {
    self.bytes = bytes
    self.name = name
  }

  var size: Int64? { Int64(bytes.count) }

  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let start = min(place.value, bytes.count)
    let count = min(buffer.count, bytes.count - start)
    bytes.withUnsafeBytes {
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[start..<start + count]))
    }
    place.value = start + count
    return count
  }

  func seek(to offset: Int64) { place.value = Int(offset) }
}

// A source is used from one thread at a time (the promise of ByteSource), so plain storage will do.
private final class PlaceInMemory: @unchecked Sendable { var value = 0 }
