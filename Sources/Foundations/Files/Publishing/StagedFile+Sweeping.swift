import Glibc

extension StagedFile {
  /// What a sweep did.
  package struct Swept: Sendable, Equatable {
    /// How many files it removed.
    package var files = 0
    /// How many bytes they held.
    package var bytes: Int64 = 0
    /// How many leftovers it could not look at or remove.
    package var failed = 0
  }

  /// Removes the unfinished files that crashed processes left in a folder.
  ///
  /// A file is left alone while its process lives, whatever its age: its lock is held. The age
  /// beside it is for file systems whose locks do not reach other machines.
  @discardableResult
  package static func sweep(
    _ folder: Folder, olderThan age: Duration, clock: any TimeSource
  ) throws(FileFailure) -> Swept {
    var swept = Swept()
    for entry in try FolderEntries(of: folder) where TemporaryName.isOne(entry.name) {
      do {
        guard let size = try remove(entry.name, in: folder, ifOlderThan: age, at: clock.now) else {
          continue
        }
        swept.files += 1
        swept.bytes += size
      } catch let error where error.errno == ENOENT {
        // Published, removed or swept by somebody else meanwhile.
      } catch {
        swept.failed += 1
      }
    }
    return swept
  }

  /// Removes one leftover and tells its size; nil where it is alive, young or no plain file.
  private static func remove(
    _ name: FileName, in folder: Folder, ifOlderThan age: Duration, at now: Timestamp
  ) throws(FileFailure) -> Int64? {
    let file = try folder.open(name, O_RDONLY | O_NONBLOCK)
    let status = try file.status()
    let modified = Timestamp(microseconds: status.modifiedNanoseconds / 1_000)
    guard status.kind == .plain, now - modified >= age, try file.tryLock() else { return nil }
    // With the lock in hand the owner is gone; but the name may be somebody else's by now.
    guard try folder.status(of: name).isSameFile(as: status) else { return nil }
    try folder.removeFile(name)
    return status.size
  }
}
