import Foundations
import Model
import Synchronization

/// The listening part of wake-ups by a folder, which its thread holds while nobody holds those.
final class FolderEar: Sendable {
  // A folder that is taken away tells nothing more.
  private static let look = Duration.seconds(10)

  let ended = StopFlag()
  private let deaf = Atomic(false)

  /// Whether nothing can be heard.
  var isDeaf: Bool { deaf.load(ordering: .relaxed) }

  func goDeaf(_ log: Logger, because error: (any Error)?) {
    deaf.store(true, ordering: .relaxed)
    log.warning("other processes are not heard; jobs are looked for each second", because: error)
  }

  func listen(
    to changes: FolderChanges, in folder: Folder, but own: FilePath, waking inner: InProcessWakeups,
    _ log: Logger
  ) {
    do {
      while true {
        let news = try changes.next(atMost: Self.look, stop: ended)
        if news.contains(where: { $0 != .file(own) }) { inner.wake() }
        if news.isEmpty, try FileStatus.find(folder.path)?.isSameFile(as: folder.status) != true {
          goDeaf(log, because: nil)
          return inner.wake()
        }
      }
    } catch {
      if ended.isStopped { return }
      goDeaf(log, because: error)
      inner.wake()
    }
  }
}
