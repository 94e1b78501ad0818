import CSystem
import Glibc

/// A folder that no path from outside can lead out of.
///
/// It is opened once; every operation takes a `RelativePath` and is resolved below the open folder
/// without following any link, by the kernel in one step (openat2) or, where that call is missing
/// or forbidden, part by part. Either way nothing is checked first and used later: a folder swapped
/// for a link meanwhile is refused and not followed. Failures name the whole path.
package final class ConfinedFolder: Sendable {
  /// Who finds the way below the folder.
  package enum Resolution: Sendable, CaseIterable {
    /// The kernel, by openat2(2).
    case kernel
    /// This program, opening part by part; for kernels and sandboxes without that call.
    case byPart
  }

  /// The folder itself.
  package let root: Folder
  /// Who finds the way.
  package let resolution: Resolution

  /// Confines work to an open folder; who finds the way is found out unless it is said.
  package init(_ root: Folder, resolution: Resolution? = nil) {
    self.root = root
    self.resolution = resolution ?? Self.available(at: root)
  }

  /// Opens a folder to confine work to.
  package static func open(_ path: FilePath) throws(FileFailure) -> ConfinedFolder {
    ConfinedFolder(try .open(path))
  }

  // Asked of the call itself: old sandboxes answer EPERM for a call they do not know, and later
  // that could not be told from a file that refuses.
  private static func available(at root: Folder) -> Resolution {
    let number = mediary_open_beneath(root.number, ".", mediary_open_path | O_CLOEXEC, 0)
    guard number >= 0 else { return .byPart }
    close(number)
    return .kernel
  }

  /// Opens a plain file for reading; never waits on a pipe, and refuses all that is no plain file.
  package func openForReading(_ path: RelativePath) throws(FileFailure) -> FileDescriptor {
    let file = try open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY)
    switch try file.status().kind {
    case .plain: return file
    case .folder: throw FileFailure(.fileIsFolder, "\(place(of: path)) is a folder")
    default: throw FileFailure(.fileNotPlain, "\(place(of: path)) is not a plain file")
    }
  }

  /// Makes a file and opens it for writing; `file.exists` where anything stands.
  ///
  /// For files that others read, `StagedFile` with `destination` is the better way: it shows them
  /// whole or not at all.
  package func create(
    _ path: RelativePath, mode: UInt32 = 0o666
  ) throws(FileFailure) -> FileDescriptor {
    try open(path, O_RDWR | O_CREAT | O_EXCL, mode: mode)
  }

  /// The status of what stands there; of a link itself.
  package func status(of path: RelativePath) throws(FileFailure) -> FileStatus {
    try folder(holding: path).status(of: path.name)
  }

  /// Opens a folder below; with nil the confining folder itself.
  package func folder(_ path: RelativePath?) throws(FileFailure) -> Folder {
    guard let path else { return root }
    do {
      switch resolution {
      case .kernel:
        return try Folder(
          owning: openInOneStep(path, O_RDONLY | O_DIRECTORY), path: place(of: path))
      case .byPart:
        var folder = root
        for part in path.parts { folder = try folder.folder(part) }
        return folder
      }
    } catch let error where error.errno == ENOTDIR && error.code != .pathEscapes {
      throw FileFailure(
        .fileNotFolder, "\(place(of: path)) is not a folder, or lies in something that is none",
        errno: ENOTDIR)
    } catch {
      throw seenWhole(error, path)
    }
  }

  /// The names in a folder below, or in the folder itself.
  package func list(
    _ path: RelativePath? = nil, limit: Int = FolderEntries.most
  ) throws(FileFailure) -> FolderEntries {
    try FolderEntries(of: folder(path), limit: limit)
  }

  /// Where a file can be published: the open folder that is to hold it, and its name.
  package func destination(_ path: RelativePath) throws(FileFailure) -> Destination {
    Destination(folder: try folder(holding: path), name: path.name)
  }

  /// The open folder that an entry lies in.
  func folder(holding path: RelativePath) throws(FileFailure) -> Folder {
    try folder(path.parent)
  }

  /// Where an entry lies, for messages.
  package func place(of path: RelativePath) -> FilePath { root.path.appending(path.filePath) }
}

extension ConfinedFolder {
  private func open(
    _ path: RelativePath, _ flags: Int32, mode: UInt32 = 0
  ) throws(FileFailure) -> FileDescriptor {
    guard resolution == .byPart else {
      do { return try openInOneStep(path, flags, mode) } catch { throw seenWhole(error, path) }
    }
    let folder: Folder
    do {
      folder = try self.folder(holding: path)
    } catch let error where error.code == .fileNotFolder {
      // What lies below a file is not there: the kernel says so too.
      throw FileFailure(errno: ENOTDIR, operation: "open", path: place(of: path))
    }
    do {
      return try folder.open(path.name, flags, mode: mode)
    } catch {
      throw seenWhole(error, path)
    }
  }

  private func openInOneStep(
    _ path: RelativePath, _ flags: Int32, _ mode: UInt32 = 0
  ) throws(FileFailure) -> FileDescriptor {
    let number = try systemCall("open", place(of: path)) {
      path.filePath.withCString {
        mediary_open_beneath(root.number, $0, flags | O_CLOEXEC, mode)
      }
    }
    return FileDescriptor(owning: number, path: place(of: path))
  }

  /// A failure on the way as one about the whole path, the same whoever found the way.
  private func seenWhole(_ failure: FileFailure, _ path: RelativePath) -> FileFailure {
    let isLink = failure.errno == ELOOP || failure.errno == EXDEV || failure.code == .pathEscapes
    guard isLink else { return failure }
    return FileFailure(
      .pathEscapes, "\(place(of: path)) leads through a link, which is not followed here",
      hint: "name the file by its own place", errno: failure.errno)
  }
}
