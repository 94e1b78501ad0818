import Glibc

/// Makes a folder of its own for each piece of work, and clears away those whose owner is gone.
///
/// A folder `encode-5f0c…` has a lock file `encode-5f0c….lock` beside it, which its owner holds
/// locked from before the folder is made until after it is removed. The lock goes with the owner
/// however that ends, so that what can be locked belongs to nobody.
package struct ScratchFolders: Sendable {
  // So many names taken already are no accident.
  private static let attempts = 16

  /// The folder they lie in.
  package let root: FilePath
  private let time: any TimeSource
  private let random: @Sendable () -> UInt64

  /// Scratch folders below `root`, which is made when it is first needed.
  ///
  /// `time` tells how old a folder is, `random` makes its name.
  package init(
    root: FilePath, time: any TimeSource = SystemTime(),
    random: @escaping @Sendable () -> UInt64 = { .random(in: .min ... .max) }
  ) {
    self.root = root
    self.time = time
    self.random = random
  }

  /// Makes a new, empty folder, readable by this user alone.
  ///
  /// The purpose shows in its name and is letters, digits and underscores.
  package func make(for purpose: String) throws(FileFailure) -> ScratchFolder {
    precondition(ScratchName.isPurpose(purpose), "not a purpose: \(purpose)")
    try makeFolder(root, 0o777, mayStand: true)
    for _ in 0..<Self.attempts {
      let name = ScratchName(purpose: purpose, token: random())
      if let folder = try make(name) { return folder }
    }
    throw FileFailure(.fileExists, "cannot find a free name for a scratch folder in \(root)")
  }

  /// Makes the folder of a name; nil where the name is taken.
  private func make(_ name: ScratchName) throws(FileFailure) -> ScratchFolder? {
    let lock = root.appending(name.lockFile)
    do {
      guard let held = try ScratchLock(creating: lock) else { return nil }
      let path = root.appending(name.folder)
      // The lock is ours, so a folder of that name was left by somebody who took the lock away.
      try makeFolder(path, 0o700, mayStand: false)
      return ScratchFolder(path: path, lock: held)
    } catch  where error.code == .fileExists {
      return nil
    }
  }

  private func makeFolder(
    _ path: FilePath, _ mode: mode_t, mayStand: Bool
  ) throws(FileFailure) {
    do {
      try systemCall("make the folder", path) { path.withCString { mkdir($0, mode) } }
    } catch  where mayStand && error.code == .fileExists {
      return
    }
  }

  /// Removes the folders that have no owner and have not been changed for `age`.
  ///
  /// Only what has a scratch folder's name is looked at. Links are removed and not followed. What
  /// cannot be removed is kept, and named in the report.
  package func sweep(olderThan age: Duration) throws(FileFailure) -> ScratchReport {
    var report = ScratchReport()
    for name in try names() { sweep(name, olderThan: age, &report) }
    return report
  }

  private func names() throws(FileFailure) -> [ScratchName] {
    do {
      let entries = try FolderEntries(of: .open(root))
      let names = entries.compactMap { ScratchName(entry: FilePath(bytes: Array($0.name.bytes))) }
      return Set(names).sorted { $0.folder < $1.folder }
    } catch  where error.code == .fileNotFound {
      return []
    }
  }

  private func sweep(_ name: ScratchName, olderThan age: Duration, _ report: inout ScratchReport) {
    let folder = root.appending(name.folder)
    let lock = root.appending(name.lockFile)
    do {
      guard try isOld(folder, lock, age) else { return }
      guard let held = try ScratchLock(taking: lock) else { return }
      // It may have been a moment ago that its owner let it go, and kept it on purpose.
      guard try isOld(folder, lock, age) else { return }
      let removal = FolderRemoval.remove(folder)
      report.kept += removal.kept
      guard removal.isComplete else { return }
      try held.remove()
      report.removed.append(folder)
    } catch {
      report.kept.append(FolderRemoval.Kept(path: folder, why: error))
    }
  }

  /// Whether neither the folder nor its lock has been changed lately; the lock is touched when
  /// its owner keeps the folder.
  private func isOld(
    _ folder: FilePath, _ lock: FilePath, _ age: Duration
  ) throws(FileFailure) -> Bool {
    let changes = [folder, lock].compactMap { path in
      try? FileStatus.of(path, followLinks: false)
    }.map { Timestamp(microseconds: $0.modifiedNanoseconds / 1000) }
    guard let last = changes.max() else { return false }
    return time.now - last >= age
  }
}
