import Synchronization

/// A folder for one piece of work; removed with all in it when its owner lets go of it.
///
/// The removal blocks the thread it happens on; `remove` puts it where that does no harm.
package final class ScratchFolder: Sendable {
  private struct State: ~Copyable {
    // Nil once the folder is removed or kept.
    var lock: ScratchLock?
  }

  /// Where it is.
  package let path: FilePath
  private let state: Mutex<State>

  init(path: FilePath, lock: consuming ScratchLock) {
    self.path = path
    state = Mutex(State(lock: lock))
  }

  deinit { remove() }

  /// Leaves the folder where it is; a sweep removes it when it is old enough, counted from now.
  package func keep() throws(FileFailure) {
    let lock = state.withLock { $0.lock.take() }
    try lock?.release()
  }

  /// Removes the folder with all in it, and says what could not be removed.
  ///
  /// What is left is for a sweep. Done once: a folder that was kept, or removed, is left alone.
  @discardableResult
  package func remove() -> ScratchReport {
    var report = ScratchReport()
    guard let lock = state.withLock({ $0.lock.take() }) else { return report }
    let removal = FolderRemoval.remove(path)
    report.kept = removal.kept
    guard removal.isComplete else { return report }
    report.removed = [path]
    do { try lock.remove() } catch {
      report.kept.append(FolderRemoval.Kept(path: path, why: error))
    }
    return report
  }
}
