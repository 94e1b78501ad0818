import CSystem
import Glibc
// Holds the same C header; which of the two `stat` comes from depends on the compiler's batches.
import SwiftOverlayShims

/// An open file with one owner; closed when the owner lets go of it.
package struct FileDescriptor: ~Copyable {
  /// The system's number, valid as long as this value lives.
  package let number: Int32
  /// Where it was opened, for messages.
  package let path: FilePath?

  /// Takes over a descriptor that something else opened.
  package init(owning number: Int32, path: FilePath? = nil) {
    precondition(number >= 0, "not a descriptor")
    self.number = number
    self.path = path
  }

  deinit { _ = Glibc.close(number) }

  /// Opens a file.
  ///
  /// Descriptors are never inherited by child processes unless handed to them.
  package static func open(
    _ path: FilePath, _ flags: Int32, mode: UInt32 = 0o666
  ) throws(FileFailure) -> FileDescriptor {
    let number = try systemCall("open", path) {
      path.withCString { Glibc.open($0, flags | O_CLOEXEC, mode) }
    }
    return FileDescriptor(owning: number, path: path)
  }

  /// What the system knows of the file.
  package func status() throws(FileFailure) -> FileStatus {
    var raw = stat()
    try systemCall("read the status of", path) { fstat(number, &raw) }
    return FileStatus(raw)
  }

  /// Reads up to the buffer's size; 0 at the end of the file.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileFailure) -> Int {
    try systemCall("read", path) { Glibc.read(number, buffer.baseAddress, buffer.count) }
  }

  /// Reads into an array from `start` to its end, as far as there is something; 0 at the end of
  /// the file.
  package func read(into bytes: inout [UInt8], from start: Int = 0) throws(FileFailure) -> Int {
    try systemCall("read", path) {
      bytes.withUnsafeMutableBytes {
        Glibc.read(number, $0.baseAddress?.advanced(by: start), $0.count - start)
      }
    }
  }

  /// Fills an array from a place in the file and tells how much of it; less only at the file's end.
  package func fill(_ bytes: inout [UInt8], at offset: Int64) throws(FileFailure) -> Int {
    var done = 0
    while done < bytes.count {
      let got = try systemCall("read", path) {
        bytes.withUnsafeMutableBytes {
          pread(number, $0.baseAddress?.advanced(by: done), $0.count - done, __off_t(offset) + done)
        }
      }
      if got == 0 { break }
      done += got
    }
    return done
  }

  /// Reads up to `count` bytes from a place in the file; fewer only at its end.
  package func read(_ count: Int, at offset: Int64) throws(FileFailure) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let done = try fill(&bytes, at: offset)
    bytes.removeLast(count - done)
    return bytes
  }

  /// Writes all of the bytes.
  package func write(_ bytes: some Collection<UInt8>) throws(FileFailure) {
    let contiguous = Array(bytes)
    try write(contiguous.span.bytes)
  }

  /// Writes all of the bytes, for code that may see no raw memory.
  package func write(_ bytes: Span<UInt8>) throws(FileFailure) { try write(bytes.bytes) }

  /// Writes all of the bytes, in as many calls as the system wants.
  package func write(_ bytes: RawSpan) throws(FileFailure) {
    try bytes.withUnsafeBytes { buffer throws(FileFailure) in try write(buffer) }
  }

  /// Writes all of a buffer, in as many calls as the system wants.
  package func write(_ buffer: UnsafeRawBufferPointer) throws(FileFailure) {
    var rest = buffer
    while !rest.isEmpty {
      let count = try systemCall("write", path) {
        Glibc.write(number, rest.baseAddress, rest.count)
      }
      guard count > 0 else { throw FileFailure(errno: EIO, operation: "write", path: path) }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

  /// Waits until content and size are on the disk.
  package func sync() throws(FileFailure) {
    try systemCall("flush", path) { fsync(number) }
  }

  /// Starts writing the content to the disk without waiting for it.
  ///
  /// Only advice: where it is refused, `sync` does the whole work.
  package func startWriteback() {
    _ = try? systemCall("start writing", path) { mediary_start_writeback(number) }
  }

  /// Cuts the file off after so many bytes.
  package func cut(to size: Int64) throws(FileFailure) {
    try systemCall("cut", path) { ftruncate(number, __off_t(size)) }
  }

  /// Sets the permission bits.
  package func setMode(_ mode: UInt32) throws(FileFailure) {
    try systemCall("set the permissions of", path) { fchmod(number, mode) }
  }

  /// Sets the time of the last change.
  package func setModified(_ time: Timestamp) throws(FileFailure) {
    let (seconds, rest) = time.microseconds.quotientAndRemainder(dividingBy: 1_000_000)
    // A time before 1970 counts its fraction forward from the second below.
    let (second, microsecond) = rest < 0 ? (seconds - 1, rest + 1_000_000) : (seconds, rest)
    try systemCall("set the time of", path) {
      mediary_set_modified(number, second, microsecond * 1_000)
    }
  }

  /// Takes the lock that other processes and descriptors see; false where somebody holds it.
  ///
  /// The lock ends with the last descriptor of this opening, and so with the process.
  package func tryLock() throws(FileFailure) -> Bool {
    do {
      try systemCall("lock", path) { flock(number, LOCK_EX | LOCK_NB) }
      return true
    } catch let error where error.errno == EWOULDBLOCK {
      return false
    }
  }

  /// Lets the lock go now.
  ///
  /// Closing would let it go too, but not while a child that is being started holds a copy of the
  /// descriptor.
  package func unlock() throws(FileFailure) {
    try systemCall("unlock", path) { flock(number, LOCK_UN) }
  }
}
