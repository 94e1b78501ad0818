import Glibc

extension ConfinedFolder {
  /// Makes a folder whose parent is there; `file.exists` where anything stands.
  package func makeFolder(
    _ path: RelativePath, mode: UInt32 = 0o777, durability: Durability = .durable
  ) throws(FileFailure) {
    let parent = try folder(holding: path)
    try parent.makeFolder(path.name, mode: mode)
    if durability == .durable { try parent.sync() }
  }

  /// Makes a folder and those above it where they are missing, and opens it.
  @discardableResult
  package func makeFolders(
    _ path: RelativePath, mode: UInt32 = 0o777, durability: Durability = .durable
  ) throws(FileFailure) -> Folder {
    do {
      return try folder(path)
    } catch let error where error.errno == ENOENT {
      let parent =
        if let above = path.parent {
          try makeFolders(above, mode: mode, durability: durability)
        } else {
          root
        }
      return try parent.makeFolderIfMissing(
        path.name, mode: mode, durability: durability, followLinks: false)
    }
  }

  /// Moves an entry to another place below the same folder.
  package func rename(
    _ path: RelativePath, to newPath: RelativePath, replacing: Bool = false,
    durability: Durability = .durable
  ) throws(FileFailure) {
    let from = try folder(holding: path)
    let to = try folder(holding: newPath)
    try from.rename(path.name, to: newPath.name, in: to, replacing: replacing)
    guard durability == .durable else { return }
    try to.sync()
    if !from.status.isSameFile(as: to.status) { try from.sync() }
  }

  /// Removes a file, or a link but never what it names; `file.is_folder` for a folder.
  ///
  /// Until the folder around it is flushed, what was removed may come back after a power cut.
  package func removeFile(_ path: RelativePath) throws(FileFailure) {
    try folder(holding: path).removeFile(path.name)
  }

  /// Removes an empty folder.
  package func removeFolder(_ path: RelativePath) throws(FileFailure) {
    try folder(holding: path).removeFolder(path.name)
  }

  /// Removes whatever stands there with all that is in it; links in it are removed, not followed.
  package func removeTree(_ path: RelativePath, stop: StopFlag? = nil) throws {
    try FolderRemoval.remove(path.name, in: folder(holding: path), stop: stop)
  }
}
