import Glibc

/// Removes a folder with all that is in it, without ever following a link out of it.
///
/// It goes down through open folders, so that a folder swapped for a link meanwhile leads nowhere:
/// the link itself is removed. It ends where folders nest deeper than `FolderWalk.deepest`.
struct TreeRemoval {
  private struct Level {
    let folder: Folder
    let entries: FolderEntries
    let name: FileName
    var next = 0
  }

  private var levels: [Level] = []
  private let root: Folder
  private let stop: StopFlag?

  private init(root: Folder, stop: StopFlag?) {
    self.root = root
    self.stop = stop
  }

  /// Removes an entry of a folder, whatever it is.
  static func remove(_ name: FileName, in root: Folder, stop: StopFlag?) throws {
    var removal = TreeRemoval(root: root, stop: stop)
    try removal.take(name, from: root, kind: nil)
    while let level = removal.levels.last {
      try stop?.check()
      if level.next < level.entries.count {
        removal.levels[removal.levels.count - 1].next += 1
        let entry = level.entries[level.next]
        try unlessGone { () throws(FileFailure) in
          try removal.take(entry.name, from: level.folder, kind: entry.kind)
        }
      } else {
        removal.levels.removeLast()
        let parent = removal.levels.last?.folder ?? root
        try unlessGone { () throws(FileFailure) in try parent.removeFolder(level.name) }
      }
    }
  }

  // What somebody else removes meanwhile is as good as removed.
  private static func unlessGone(_ work: () throws(FileFailure) -> Void) throws(FileFailure) {
    do { try work() } catch let error where error.errno == ENOENT {}
  }

  /// Removes a file, or goes down into a folder.
  private mutating func take(
    _ name: FileName, from folder: Folder, kind: FileStatus.Kind?
  ) throws(FileFailure) {
    let kind = if let kind { kind } else { try folder.status(of: name).kind }
    guard kind == .folder else {
      try folder.removeFile(name)
      return
    }
    guard levels.count < FolderWalk.deepest else {
      throw FileFailure(
        .folderTooDeep, "\(folder.path(of: name)) lies deeper than \(FolderWalk.deepest) folders")
    }
    let inner = try folder.folder(name)
    levels.append(Level(folder: inner, entries: try FolderEntries(of: inner), name: name))
  }
}
