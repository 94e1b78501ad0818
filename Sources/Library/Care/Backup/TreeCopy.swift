import Foundations

/// Copies a folder with all in it, in whatever way each file allows.
struct TreeCopy {
  let ways: [FileCopy.Way]
  let stop: StopFlag
  private(set) var files = 0

  init(ways: [FileCopy.Way], stop: StopFlag) {
    self.ways = ways
    self.stop = stop
  }

  /// Copies what lies below a folder; nothing where the folder is not there.
  ///
  /// Hidden files are those that are still being written, and are left. So are links, which the
  /// library makes none of.
  mutating func copy(_ source: FilePath, to target: FilePath) throws {
    guard try FileStatus.find(source)?.kind == .folder else { return }
    _ = try Folder.make(target, durability: .relaxed)
    var walk = try FolderWalk(of: source, stop: stop)
    while let item = try walk.next() {
      switch item {
      case .unreadable(_, let failure): throw failure
      case .entry(let path, let status):
        let place = target.appending(FilePath(bytes: path.bytes.dropFirst(source.bytes.count + 1)))
        if status.kind == .folder { _ = try Folder.make(place, durability: .relaxed) }
        if status.kind == .plain { try copyFile(path, to: place) }
      }
    }
  }

  private mutating func copyFile(_ path: FilePath, to place: FilePath) throws {
    do {
      try FileCopy.place(
        path, as: Destination(place), ways: ways, durability: .relaxed, stop: stop)
      files += 1
    } catch let error as FileFailure where error.code == .fileNotFound {
      // A run that is deleted while it is copied is not in the copy.
    }
  }
}
