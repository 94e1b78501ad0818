package import Foundations
import Glibc

/// A file, or any other open descriptor, as a sink of bytes.
///
/// libav's own file protocol is not used: it would replace a file that stands already, and take
/// `http:` at the start of a name for an order to go elsewhere.
package final class FileByteSink: ByteSink {
  package let name: String
  package let canSeek: Bool
  package let canRead: Bool
  private let descriptor: FileDescriptor

  /// Makes a new file; one that stands already is left as it is.
  package init(creating path: FilePath) throws(FileFailure) {
    descriptor = try FileDescriptor.open(path, O_RDWR | O_CREAT | O_EXCL)
    name = path.text
    canSeek = true
    canRead = true
  }

  /// Takes an open descriptor (a temporary file, standard output), from where it stands.
  package init(_ descriptor: consuming FileDescriptor, name: String) throws(FileFailure) {
    let number = descriptor.number
    let mode = try systemCall("read the mode of", FilePath(name)) { fcntl(number, F_GETFL) }
    self.name = name
    canSeek = try descriptor.status().kind == .plain || lseek(number, 0, SEEK_CUR) >= 0
    canRead = canSeek && mode & O_ACCMODE == O_RDWR
    self.descriptor = descriptor
  }

  package func write(_ bytes: RawSpan) throws {
    try bytes.withUnsafeBytes { try descriptor.write($0) }
  }

  package func seek(to offset: Int64) throws {
    try systemCall("go to \(offset) in", FilePath(name)) {
      lseek(descriptor.number, __off_t(offset), SEEK_SET)
    }
  }

  package func read(_ count: Int, at offset: Int64) throws -> [UInt8] {
    try descriptor.read(count, at: offset)
  }

  /// Waits until content and size are on the disk.
  package func sync() throws(FileFailure) { try descriptor.sync() }
}
