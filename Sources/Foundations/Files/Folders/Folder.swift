import CSystem
import Glibc
// Holds the same C header; which of the two `stat` comes from depends on the compiler's batches.
import SwiftOverlayShims

/// An open folder, shared by whoever works in it and closed when the last lets go.
///
/// Work goes through the open folder and not through its path, so that it stays in the folder it
/// began in, whatever is renamed meanwhile. Every operation takes a `FileName`, which cannot lead
/// elsewhere, and none follows a link unless it says so.
package final class Folder: Sendable {
  /// Where it was opened, for messages and for tools that want a path.
  package let path: FilePath
  /// Its identity: two values of this type may stand for one folder.
  package let status: FileStatus
  private let descriptor: FileDescriptor

  /// Takes over an open folder.
  package init(owning descriptor: consuming FileDescriptor, path: FilePath) throws(FileFailure) {
    self.status = try descriptor.status()
    self.path = path
    self.descriptor = descriptor
  }

  /// Opens a folder, through links.
  package static func open(_ path: FilePath) throws(FileFailure) -> Folder {
    do {
      return try Folder(owning: .open(path, O_RDONLY | O_DIRECTORY), path: path)
    } catch let error where error.errno == ENOTDIR {
      guard let status = FileStatus.ifPresent(path), status.kind != .folder else { throw error }
      throw FileFailure(.fileNotFolder, "\(path) is not a folder", errno: ENOTDIR)
    }
  }

  /// The system's number, valid as long as this value lives.
  package var number: Int32 { descriptor.number }

  /// Where an entry lies, for messages.
  package func path(of name: FileName) -> FilePath { path.appending(name) }

  /// Waits until the names in it are on the disk: what was made, renamed and removed.
  package func sync() throws(FileFailure) {
    try systemCall("flush the folder", path) { fsync(number) }
  }

  /// Waits for the lock that all openings of this folder share, and takes it.
  ///
  /// Threads and processes are kept out alike, as long as each has an opening of its own; the lock
  /// ends with the process, however that ends. To be held briefly, and let go of by `unlock`.
  package func lock() throws(FileFailure) {
    try systemCall("lock the folder", path) { flock(number, LOCK_EX) }
  }

  /// Lets the lock go.
  package func unlock() {
    // It fails only for what is no open file.
    _ = flock(number, LOCK_UN)
  }

  /// Opens an entry, never through a link.
  package func open(
    _ name: FileName, _ flags: Int32, mode: UInt32 = 0o666
  ) throws(FileFailure) -> FileDescriptor {
    let opened = try systemCall("open", path(of: name)) {
      name.withCString { openat(number, $0, flags | O_NOFOLLOW | O_CLOEXEC, mode) }
    }
    return FileDescriptor(owning: opened, path: path(of: name))
  }

  /// Opens a folder in it; a link there is refused unless links may be followed.
  package func folder(_ name: FileName, followLinks: Bool = false) throws(FileFailure) -> Folder {
    let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | (followLinks ? 0 : O_NOFOLLOW)
    let place = path(of: name)
    do {
      let opened = try systemCall("open", place) {
        name.withCString { openat(number, $0, flags) }
      }
      return try Folder(owning: FileDescriptor(owning: opened, path: place), path: place)
    } catch let error where error.errno == ENOTDIR || error.errno == ELOOP {
      // The system says the same of a link and of a file; only a second look tells them apart.
      if try self.status(of: name).kind == .link {
        throw FileFailure(
          .pathEscapes, "\(place) is a link, which is not followed here",
          errno: error.errno)
      }
      throw FileFailure(.fileNotFolder, "\(place) is not a folder", errno: error.errno)
    }
  }

  /// The status of an entry; of a link itself unless it is to be followed.
  package func status(
    of name: FileName, followLinks: Bool = false
  ) throws(FileFailure) -> FileStatus {
    var raw = stat()
    try systemCall("read the status of", path(of: name)) {
      name.withCString { fstatat(number, $0, &raw, followLinks ? 0 : AT_SYMLINK_NOFOLLOW) }
    }
    return FileStatus(raw)
  }

  /// The status of an entry, of a link itself; nil where nothing of that name stands.
  ///
  /// Unlike a failure that is caught, the answer costs nothing: for who expects it often.
  package func find(_ name: FileName) throws(FileFailure) -> FileStatus? {
    var raw = stat()
    var isThere = true
    try systemCall("read the status of", path(of: name)) {
      let result = name.withCString { fstatat(number, $0, &raw, AT_SYMLINK_NOFOLLOW) }
      guard result == -1, errno == ENOENT else { return result }
      isThere = false
      return 0
    }
    return isThere ? FileStatus(raw) : nil
  }

  /// Makes a folder in it; `file.exists` where anything of that name stands.
  package func makeFolder(_ name: FileName, mode: UInt32 = 0o777) throws(FileFailure) {
    try systemCall("make the folder", path(of: name)) {
      name.withCString { mkdirat(number, $0, mode) }
    }
  }

  /// Removes a file or a link, never what the link names; `file.is_folder` for a folder.
  package func removeFile(_ name: FileName) throws(FileFailure) {
    try systemCall("remove", path(of: name)) { name.withCString { unlinkat(number, $0, 0) } }
  }

  /// Removes an empty folder.
  package func removeFolder(_ name: FileName) throws(FileFailure) {
    try systemCall("remove the folder", path(of: name)) {
      name.withCString { unlinkat(number, $0, AT_REMOVEDIR) }
    }
  }

  /// Gives a file a second name, on the same file system; `file.exists` where one stands there.
  package func link(
    _ name: FileName, as newName: FileName, in target: Folder
  ) throws(FileFailure) {
    try systemCall("link", target.path(of: newName)) {
      name.withCString { old in
        newName.withCString { new in linkat(number, old, target.number, new, 0) }
      }
    }
  }

  /// Moves an entry, replacing a file of that name or refusing with `file.exists`.
  package func rename(
    _ name: FileName, to newName: FileName, in target: Folder, replacing: Bool
  ) throws(FileFailure) {
    try systemCall("rename to", target.path(of: newName)) {
      name.withCString { old in
        newName.withCString { new in
          replacing
            ? renameat(number, old, target.number, new)
            : mediary_rename_new(number, old, target.number, new)
        }
      }
    }
  }

  /// Gives each of two entries the other's name, in one step; both must be there.
  package func exchange(
    _ name: FileName, with other: FileName, in target: Folder
  ) throws(FileFailure) {
    try systemCall("exchange with", target.path(of: other)) {
      name.withCString { first in
        other.withCString { second in mediary_exchange(number, first, target.number, second) }
      }
    }
  }
}

extension Folder {
  /// Opens a folder after making it and the folders above it where they are missing.
  ///
  /// With `.durable`, the names of the folders made are on the disk when it returns.
  package static func make(
    _ path: FilePath, mode: UInt32 = 0o777, durability: Durability = .durable
  ) throws(FileFailure) -> Folder {
    do {
      return try open(path)
    } catch let error where error.errno == ENOENT {
      guard let name = path.fileName else { throw error }
      let parent = try make(path.parent, mode: mode, durability: durability)
      return try parent.makeFolderIfMissing(name, mode: mode, durability: durability)
    }
  }

  /// Opens a folder in it after making it where it is missing; links are followed as `open` does.
  package func makeFolderIfMissing(
    _ name: FileName, mode: UInt32 = 0o777, durability: Durability, followLinks: Bool = true
  ) throws(FileFailure) -> Folder {
    do {
      try makeFolder(name, mode: mode)
    } catch let error where error.code == .fileExists {
      // Somebody made it first, and may not have flushed it yet.
    }
    if durability == .durable { try sync() }
    return try folder(name, followLinks: followLinks)
  }
}
