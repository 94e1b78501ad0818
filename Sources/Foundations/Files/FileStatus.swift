import Glibc
// Holds the same C header; which of the two `timespec` comes from depends on the compiler's batches.
import SwiftOverlayShims

/// What kind of thing a path names, how large it is, and when it was changed.
package struct FileStatus: Sendable, Equatable {
  /// What stands at a path.
  package enum Kind: String, Sendable { case plain, folder, link, pipe, socket, device, other }

  /// What stands there.
  package let kind: Kind
  /// The size in bytes.
  package let size: Int64
  /// The permission bits.
  package let mode: UInt32
  /// The last change of the content, in nanoseconds since 1970.
  package let modifiedNanoseconds: Int64
  /// The last change of the content or of anything about the file, in nanoseconds since 1970; the
  /// system sets it, and nobody can set it back.
  package let changedNanoseconds: Int64
  /// The disk and the place on it: together the file's identity.
  package let device: UInt64
  /// The place on the disk.
  package let inode: UInt64
  /// How many names the content has.
  package let links: Int

  init(_ raw: stat) {
    kind =
      switch raw.st_mode & S_IFMT {
      case S_IFREG: .plain
      case S_IFDIR: .folder
      case S_IFLNK: .link
      case S_IFIFO: .pipe
      case S_IFSOCK: .socket
      case S_IFBLK, S_IFCHR: .device
      default: .other
      }
    size = Int64(raw.st_size)
    mode = raw.st_mode & 0o7777
    modifiedNanoseconds = Self.nanoseconds(raw.st_mtim)
    changedNanoseconds = Self.nanoseconds(raw.st_ctim)
    device = UInt64(raw.st_dev)
    inode = UInt64(raw.st_ino)
    links = Int(raw.st_nlink)
  }

  // Some file systems take years past 2262, whose nanoseconds do not fit: such a time stops at the
  // last that does, since anybody may give a file any time.
  private static func nanoseconds(_ time: timespec) -> Int64 {
    let (seconds, overflow) = Int64(time.tv_sec).multipliedReportingOverflow(by: 1_000_000_000)
    let (whole, more) = seconds.addingReportingOverflow(Int64(time.tv_nsec))
    return overflow || more ? (time.tv_sec < 0 ? .min : .max) : whole
  }

  /// Whether two statuses speak of the very same file.
  package func isSameFile(as other: FileStatus) -> Bool {
    device == other.device && inode == other.inode
  }

  /// The status of what a path names, through links unless told otherwise.
  package static func of(
    _ path: FilePath, followLinks: Bool = true
  ) throws(FileFailure) -> FileStatus {
    var raw = stat()
    try systemCall("read the status of", path) {
      path.withCString { followLinks ? stat($0, &raw) : lstat($0, &raw) }
    }
    return FileStatus(raw)
  }

  /// The status through links, or nil where nothing stands; what cannot be seen is a failure.
  package static func find(_ path: FilePath) throws(FileFailure) -> FileStatus? {
    do {
      return try of(path)
    } catch let error where error.code == .fileNotFound {
      return nil
    }
  }

  /// The status, or nil where nothing can be seen for whatever reason.
  package static func ifPresent(_ path: FilePath) -> FileStatus? { try? of(path) }
}
