import Glibc
// Holds the same C header; which of the two `timespec` comes from depends on the compiler's batches.
import SwiftOverlayShims

/// When a file was last read and last changed, to the nanosecond.
package struct FileTimes: Sendable, Equatable {
  /// A moment as the system keeps it.
  package struct Moment: Sendable, Equatable {
    let seconds: Int
    let nanoseconds: Int
  }

  /// The last reading.
  package let accessed: Moment
  /// The last change of the content.
  package let modified: Moment
}

extension FileDescriptor {
  /// The times of the file.
  package func times() throws(FileFailure) -> FileTimes {
    var raw = stat()
    try systemCall("read the status of", path) { fstat(number, &raw) }
    return FileTimes(
      accessed: .init(seconds: raw.st_atim.tv_sec, nanoseconds: raw.st_atim.tv_nsec),
      modified: .init(seconds: raw.st_mtim.tv_sec, nanoseconds: raw.st_mtim.tv_nsec))
  }

  /// Gives the file times it had before, or another file's.
  package func setTimes(_ times: FileTimes) throws(FileFailure) {
    let both = [times.accessed, times.modified].map {
      timespec(tv_sec: $0.seconds, tv_nsec: $0.nanoseconds)
    }
    try systemCall("set the time of", path) {
      both.withUnsafeBufferPointer { futimens(number, $0.baseAddress) }
    }
  }

  /// Writes all of the bytes at a place in the file.
  package func write(_ bytes: [UInt8], at offset: Int64) throws(FileFailure) {
    var done = 0
    while done < bytes.count {
      let count = try systemCall("write", path) {
        bytes.withUnsafeBytes {
          pwrite(
            number, $0.baseAddress?.advanced(by: done), $0.count - done, __off_t(offset) + done)
        }
      }
      guard count > 0 else { throw FileFailure(errno: EIO, operation: "write", path: path) }
      done += count
    }
  }

  /// Cuts the file, or lengthens it with zeros, which take no room where the system can.
  package func setSize(_ size: Int64) throws(FileFailure) {
    try systemCall("set the size of", path) { ftruncate(number, __off_t(size)) }
  }
}

extension FilePath {
  /// The path of the file that this one leads to through links; the path itself where it is none.
  package func resolved() throws(FileFailure) -> FilePath {
    var bytes: [UInt8]?
    try systemCall("resolve", self) {
      withCString { path in
        guard let found = realpath(path, nil) else { return -1 }
        defer { free(found) }
        bytes = Array(UnsafeRawBufferPointer(start: found, count: strlen(found)))
        return 0
      }
    }
    return bytes.map { FilePath(bytes: $0) } ?? self
  }
}
