import Glibc

extension StagedFile {
  /// Shows the file under its name, whole: content to the disk, rename, the folder's names to the
  /// disk.
  ///
  /// Where it fails, what stood at the target stands there still and nothing else remains; but for
  /// `file.not_durable`, where the file is published whole and only its survival of a power cut is
  /// not known. A link that stands at the target is replaced, never what it names.
  ///
  /// - Parameter replacing: whether a file may stand there already; `file.exists` if not.
  package consuming func publish(
    as target: Destination, replacing: Bool = false, durability: Durability = .durable
  ) throws(FileFailure) {
    if durability == .durable { try flush() }
    try rename(to: target, replacing: replacing)
    if durability == .durable { try Self.flushName(in: target.folder, of: target.path) }
  }

  /// Shows the file under its name, as the other `publish` does.
  package consuming func publish(
    as target: FilePath, replacing: Bool = false, durability: Durability = .durable
  ) throws(FileFailure) {
    try publish(as: Destination(target), replacing: replacing, durability: durability)
  }

  /// Takes the place of a file as a relaxed `publish` does, and many times quicker for large files
  /// that are replaced over and over.
  ///
  /// When a file is renamed over another, ext4 writes its content out at once and then gives back
  /// the blocks of the other. Where the two change names, what is replaced again soon never goes to
  /// the disk at all; the price is that a power cut leaves an empty file more often.
  package consuming func exchange(with target: Destination) throws(FileFailure) {
    guard try target.folder.find(target.name)?.kind == .plain else {
      return try publish(as: target, replacing: true, durability: .relaxed)
    }
    do {
      try folder.exchange(name, with: target.name, in: target.folder)
    } catch let error where [EINVAL, ENOSYS, ENOENT].contains(error.errno) {
      // Other file systems cannot; and the old file may be gone by now.
      return try publish(as: target, replacing: true, durability: .relaxed)
    }
    // The temporary name is that of the old file now, which goes with this value.
  }

  /// Waits until the content that the temporary name shows is on the disk.
  func flush() throws(FileFailure) {
    let shown = try folder.status(of: name)
    if shown.isSameFile(as: try file.status()) { return try file.sync() }
    // A tool that was given the path has put a file of its own there.
    guard shown.kind == .plain else {
      throw FileFailure(.fileNotPlain, "\(path) was replaced by something that is no plain file")
    }
    try folder.open(name, O_RDONLY).sync()
  }

  /// Gives the file its name, in one step for every reader.
  mutating func rename(to target: Destination, replacing: Bool) throws(FileFailure) {
    do {
      try folder.rename(name, to: target.name, in: target.folder, replacing: replacing)
    } catch let error where !replacing && (error.errno == EINVAL || error.errno == ENOSYS) {
      // File systems that cannot rename so (NFS among them) can still link so.
      try folder.link(name, as: target.name, in: target.folder)
      try? folder.removeFile(name)
    }
    isPublished = true
  }

  /// Waits until the names in a folder are on the disk.
  static func flushName(in folder: Folder, of path: FilePath) throws(FileFailure) {
    do { try folder.sync() } catch { throw notDurable(path, error) }
  }

  static func notDurable(_ path: FilePath, _ cause: FileFailure) -> FileFailure {
    FileFailure(
      .fileNotDurable, "\(path) is published, but its folder could not be flushed",
      hint: "check the disk, then publish it again", cause: cause, errno: cause.errno)
  }
}
