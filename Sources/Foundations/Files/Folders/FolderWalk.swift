import Glibc

/// Everything below a folder, one item at a time.
///
/// A folder comes before what is in it, and the entries of one folder come in order of their bytes,
/// so that two walks of one tree agree and a long one can be taken up again. Memory is bounded by
/// the names of one folder for each level. Whatever cannot be read is an item of its own and ends
/// nothing. A walk holds one descriptor for each level.
package struct FolderWalk: Sendable {
  /// How deep folders may nest; the descriptors that a walk holds are bounded by it.
  package static let deepest = 128

  /// What a walk leaves out and goes into.
  package struct Options: Sendable {
    /// Whether names that begin with a dot belong to it.
    package var includesHidden = false
    /// Whether a link stands for what it names; otherwise it is an item of its own.
    package var followsLinks = false
    /// Whether it stays on the file system it began on; other mounts are shown, not entered.
    package var staysOnDevice = false

    /// Without hidden files, not through links, across file systems.
    package init() {}
  }

  /// What a walk comes upon.
  package enum Item: Sendable {
    /// A file, folder, link or other entry.
    case entry(FilePath, FileStatus)
    /// An entry that cannot be looked at, or a folder that cannot be listed or entered.
    case unreadable(FilePath, FileFailure)

    /// Where it is.
    package var path: FilePath {
      switch self {
      case .entry(let path, _), .unreadable(let path, _): path
      }
    }
  }

  private struct Level {
    let folder: Folder
    let entries: FolderEntries
    var next = 0
  }

  private let options: Options
  private let stop: StopFlag?
  private let device: UInt64
  private var levels: [Level]
  // A folder is shown before it is entered, so that its own item does not wait for its names.
  private var pending: (parent: Folder, name: FileName)?

  /// Begins below a folder, which may be named through a link; fails where it cannot be listed.
  package init(
    of root: FilePath, options: Options = Options(), stop: StopFlag? = nil
  ) throws(FileFailure) {
    try self.init(of: .open(root), options: options, stop: stop)
  }

  /// Begins below an open folder.
  package init(
    of root: Folder, options: Options = Options(), stop: StopFlag? = nil
  ) throws(FileFailure) {
    self.options = options
    self.stop = stop
    device = root.status.device
    levels = [Level(folder: root, entries: try FolderEntries(of: root))]
  }

  /// The next item; nil at the end.
  package mutating func next() throws(StoppedFailure) -> Item? {
    try stop?.check()
    if let pending {
      self.pending = nil
      if let failure = enter(pending.parent, pending.name) { return failure }
    }
    while let level = levels.last {
      try stop?.check()
      guard level.next < level.entries.count else {
        levels.removeLast()
        continue
      }
      levels[levels.count - 1].next += 1
      let name = level.entries[level.next].name
      if name.isHidden, !options.includesHidden { continue }
      if let item = look(at: name, in: level.folder) { return item }
    }
    return nil
  }

  private mutating func look(at name: FileName, in folder: Folder) -> Item? {
    do {
      let status = try status(of: name, in: folder)
      if status.kind == .folder, !options.staysOnDevice || status.device == device {
        pending = (folder, name)
      }
      return .entry(folder.path(of: name), status)
    } catch let error where error.errno == ENOENT {
      // It was removed since the folder was listed: it is simply not there.
      return nil
    } catch {
      return .unreadable(folder.path(of: name), error)
    }
  }

  private func status(of name: FileName, in folder: Folder) throws(FileFailure) -> FileStatus {
    guard options.followsLinks else { return try folder.status(of: name) }
    do {
      return try folder.status(of: name, followLinks: true)
    } catch let error where error.errno == ENOENT || error.errno == ELOOP {
      // A link that leads nowhere is shown as the link it is.
      return try folder.status(of: name)
    }
  }

  /// Goes down into a folder; the item to show where that fails.
  private mutating func enter(_ parent: Folder, _ name: FileName) -> Item? {
    let path = parent.path(of: name)
    guard levels.count < Self.deepest else {
      let message = "\(path) lies deeper than \(Self.deepest) folders"
      return .unreadable(path, FileFailure(.folderTooDeep, message))
    }
    do {
      let folder = try parent.folder(name, followLinks: options.followsLinks)
      if levels.contains(where: { $0.folder.status.isSameFile(as: folder.status) }) {
        return .unreadable(path, FileFailure(.fileLoop, "\(path) leads back to a folder above it"))
      }
      levels.append(Level(folder: folder, entries: try FolderEntries(of: folder)))
      return nil
    } catch let error where error.errno == ENOENT {
      return nil
    } catch {
      return .unreadable(path, error)
    }
  }
}
