package import Foundations

/// Makes a library of a backup.
package enum Restore {
  /// Puts a backup into a folder that does not exist yet, whole or not at all.
  ///
  /// The backup stays as it is: nothing is shared with it but blocks that neither can change.
  @discardableResult
  package static func run(
    from backup: FilePath, to target: FilePath, stop: StopFlag = StopFlag(),
    progress: ProgressSink = .none
  ) throws -> BackupManifest {
    let manifest = try BackupManifest.read(backup)
    guard try isFree(target) else {
      throw LibraryFailure(
        .libraryOccupied, "\(target) is not empty", hint: "name a folder that is not there yet")
    }
    let partial = target.sibling(".\(target.name).restoring-\(UInt64.random(in: 0...UInt64.max))")
    do {
      try fill(partial, from: backup, manifest, stop, progress)
      try publish(partial, as: target)
    } catch {
      _ = FolderRemoval.remove(partial)
      throw error
    }
    return manifest
  }

  private static func fill(
    _ partial: FilePath, from backup: FilePath, _ manifest: BackupManifest, _ stop: StopFlag,
    _ progress: ProgressSink
  ) throws {
    _ = try Folder.make(partial, durability: .relaxed)
    var copy = TreeCopy(ways: [.reflink, .copy], stop: stop)
    for (step, name) in ["blobs", "runs", "archive", "trash", "journal"].enumerated() {
      try copy.copy(backup.appending(name), to: partial.appending(name))
      progress.report(Double(step + 1) / 6, name)
    }
    guard copy.files >= manifest.blobs + manifest.files else {
      throw LibraryFailure(
        .libraryBadBackup,
        "\(backup) has \(copy.files) files and had \(manifest.blobs + manifest.files)",
        hint: "some were removed; take another backup")
    }
    for name in ["mediary.db", "mediary.json"] {
      try FileCopy.place(
        backup.appending(name), as: Destination(partial.appending(name)),
        ways: [.reflink, .copy], durability: .relaxed, stop: stop)
    }
    try FileSystem.flush(partial)
  }

  private static func publish(_ partial: FilePath, as target: FilePath) throws {
    let (from, to) = (try Destination(partial), try Destination(target))
    if try to.folder.find(to.name) != nil { try to.folder.removeFolder(to.name) }
    try from.folder.rename(from.name, to: to.name, in: to.folder, replacing: false)
    try to.folder.sync()
  }

  private static func isFree(_ target: FilePath) throws -> Bool {
    guard let status = try FileStatus.find(target) else { return true }
    return try status.kind == .folder && FolderEntries(of: Folder.open(target)).isEmpty
  }
}
