import Glibc

/// The room left on the file system that holds a path.
package struct FreeSpace: Sendable, Equatable {
  /// What is kept free, so that the catalogue, the logs and the neighbours can still write when a
  /// big file has gone in.
  package static let reserve: Int64 = 256 << 20

  /// The bytes that this process may still use; nil where the file system does not tell.
  package let available: Int64?
  /// The bytes there are in all; nil where the file system does not tell.
  package let total: Int64?

  /// Asks the file system that holds a path.
  package static func at(_ path: FilePath) throws(FileFailure) -> FreeSpace {
    var raw = statvfs()
    try systemCall("ask for the free space at", path) {
      path.withCString { statvfs($0, &raw) }
    }
    // Some network and user-space file systems answer with zeros.
    guard raw.f_blocks > 0 else { return FreeSpace(available: nil, total: nil) }
    return FreeSpace(
      available: bytes(raw.f_bavail, raw.f_frsize), total: bytes(raw.f_blocks, raw.f_frsize))
  }

  /// Throws `file.disk_full` where so many bytes more would eat into the reserve.
  ///
  /// Only a forecast, to fail early and with a clear word: other writers use the same space.
  package static func check(
    _ needed: Int64, at path: FilePath, reserve: Int64 = reserve
  ) throws(FileFailure) {
    precondition(needed >= 0 && reserve >= 0, "a need of space is not negative")
    guard let available = try at(path).available, available - reserve < needed else { return }
    throw FileFailure(
      .diskFull,
      "\(ByteCount(needed)) are needed at \(path), where \(ByteCount(available)) are free and"
        + " \(ByteCount(reserve)) of them stay free",
      hint: "free \(ByteCount(needed - (available - reserve))), or name a folder on another disk",
      errno: ENOSPC)
  }

  private static func bytes(_ blocks: fsblkcnt_t, _ size: UInt) -> Int64 {
    let (count, overflow) = UInt64(blocks).multipliedReportingOverflow(by: UInt64(size))
    return overflow ? .max : Int64(clamping: count)
  }
}
