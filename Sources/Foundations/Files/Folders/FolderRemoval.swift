import CSystem
import Glibc

/// Removes a folder with all in it, however deep, without being led out of it.
///
/// Each step goes from an open folder to an entry of it by name, and the kernel refuses links and
/// mounted file systems; so it makes no difference who renames or replaces what meanwhile. Few
/// descriptors are open at a time: the way back up is `..`, checked to be the folder it came from.
package struct FolderRemoval: ~Copyable {
  /// Something that could not be removed.
  package struct Kept: Sendable {
    /// What it is.
    package let path: FilePath
    /// Why it is still there.
    package let why: FileFailure
  }

  /// How a removal went.
  package struct Outcome: Sendable {
    /// What could not be removed and why: the things themselves, not the folders around them.
    package fileprivate(set) var kept: [Kept] = []
    /// Whether nothing is left.
    package var isComplete: Bool { kept.isEmpty }
  }

  /// A folder on the way down, the last of them being emptied.
  private struct Level {
    // Of the entry alone: the paths of a very deep tree are too long to keep one for each level.
    let name: FilePath
    let identity: FolderIdentity
    var waiting: [FilePath] = []
    // What could not be removed, so as not to try it again.
    var stuck: Set<FilePath> = []
    // How often a folder in it was not empty after all.
    var refilled = 0
  }

  // Names read at a time, so that a folder of millions needs no memory for them.
  private static let batch = 256
  // So much that cannot be removed shows that the rest cannot either.
  private static let mostKept = 100
  private static let mostRefills = 8

  private var folder: FileDescriptor
  private var levels: [Level]
  private var outcome = Outcome()

  private init(_ folder: consuming FileDescriptor, _ level: Level) {
    self.folder = folder
    levels = [level]
  }

  /// Removes what stands at a path: a folder with all in it, or whatever else it is.
  ///
  /// Nothing standing there is a success. Gives up where a hundred things cannot be removed.
  package static func remove(_ path: FilePath) -> Outcome {
    let name = FilePath(bytes: path.bytes.split(separator: UInt8(ascii: "/")).last ?? [])
    precondition(name != "." && name != "..", "not a name to remove: \(path)")
    do {
      // The folder around it is the first level, with one entry.
      let parent = try FileDescriptor.open(path.parent, O_RDONLY | O_DIRECTORY)
      return try remove(name, in: parent, at: path.parent, stop: nil)
    } catch  where error.code == .fileNotFound {
      return Outcome()
    } catch {
      return Outcome(kept: [Kept(path: path, why: error)])
    }
  }

  /// Removes an entry of a folder with all in it; throws where something is left, and when stopped.
  static func remove(_ name: FileName, in folder: Folder, stop: StopFlag?) throws {
    try stop?.check()
    // Unlike above, nothing standing there is a mistake of the caller's.
    _ = try folder.status(of: name)
    let parent = try systemCall("open", folder.path) {
      openat(folder.number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    }
    let outcome = try remove(
      FilePath(bytes: Array(name.bytes)), in: FileDescriptor(owning: parent, path: folder.path),
      at: folder.path, stop: stop)
    if let kept = outcome.kept.first { throw kept.why }
    try stop?.check()
  }

  private static func remove(
    _ name: FilePath, in parent: consuming FileDescriptor, at path: FilePath, stop: StopFlag?
  ) throws(FileFailure) -> Outcome {
    var level = Level(name: path, identity: FolderIdentity(try parent.status()))
    level.waiting = [name]
    var removal = FolderRemoval(parent, level)
    return removal.run(stop)
  }

  private mutating func run(_ stop: StopFlag?) -> Outcome {
    while outcome.kept.count < Self.mostKept, stop?.isStopped != true {
      let top = levels.count - 1
      do {
        if let name = levels[top].waiting.popLast() {
          try removeEntry(name)
        } else if top == 0 {
          break
        } else {
          try readMore()
          if levels[top].waiting.isEmpty { try leave() }
        }
      } catch {
        // Of the folder itself: it cannot be read, or the way back is not what it was.
        keep(currentPath, error)
        break
      }
    }
    return outcome
  }

  private mutating func removeEntry(_ name: FilePath) throws(FileFailure) {
    do {
      try systemCall("remove") { name.withCString { unlinkat(folder.number, $0, 0) } }
    } catch  where error.code == .fileNotFound {
      return
    } catch  where error.code == .fileIsFolder {
      do { try enter(name) } catch { stick(name, "open", error) }
    } catch {
      stick(name, "remove", error)
    }
  }

  private mutating func enter(_ name: FilePath) throws(FileFailure) {
    let number = try systemCall("open") {
      name.withCString { mediary_open_folder_in(folder.number, $0) }
    }
    let inner = FileDescriptor(owning: number)
    let status = try inner.status()
    // Entries of a folder that its maker made read-only can be removed by its owner all the same.
    if status.mode & 0o700 != 0o700 { _ = fchmod(number, mode_t(status.mode | 0o700)) }
    folder = inner
    levels.append(Level(name: name, identity: FolderIdentity(status)))
  }

  private mutating func readMore() throws(FileFailure) {
    let top = levels.count - 1
    let limit = Self.batch + levels[top].stuck.count
    let names = try FolderNames.names(in: folder, atMost: limit)
    levels[top].waiting = names.filter { !levels[top].stuck.contains($0) }
  }

  /// Goes back up from a folder that is as empty as it gets, and removes it.
  private mutating func leave() throws(FileFailure) {
    let number = try systemCall("leave") {
      openat(folder.number, "..", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    }
    let outer = FileDescriptor(owning: number)
    guard FolderIdentity(try outer.status()) == levels[levels.count - 2].identity else {
      throw FileFailure(.fileBusy, "cannot remove \(currentPath): it was moved meanwhile")
    }
    folder = outer
    let left = levels.removeLast()
    let top = levels.count - 1
    // What is stuck in it has been told of.
    if !left.stuck.isEmpty {
      levels[top].stuck.insert(left.name)
      return
    }
    do {
      try systemCall("remove") {
        left.name.withCString { unlinkat(folder.number, $0, AT_REMOVEDIR) }
      }
    } catch  where error.code == .fileNotFound {
      return
    } catch  where error.errno == ENOTEMPTY && levels[top].refilled < Self.mostRefills {
      // Somebody who is still at work has put something in.
      levels[top].refilled += 1
      levels[top].waiting.append(left.name)
    } catch {
      stick(left.name, "remove", error)
    }
  }

  /// The path of the folder being emptied.
  private var currentPath: FilePath {
    FilePath(bytes: levels.map(\.name.bytes).joined(separator: [UInt8(ascii: "/")]))
  }

  private mutating func stick(_ name: FilePath, _ operation: String, _ why: FileFailure) {
    levels[levels.count - 1].stuck.insert(name)
    let path = currentPath.appending(name)
    keep(path, FileFailure(errno: why.errno, operation: operation, path: path))
  }

  private mutating func keep(_ path: FilePath, _ why: FileFailure) {
    outcome.kept.append(Kept(path: path, why: why))
  }
}

/// A folder for good, however it is named.
private struct FolderIdentity: Equatable {
  let device: UInt64
  let inode: UInt64

  init(_ status: FileStatus) {
    device = status.device
    inode = status.inode
  }
}
