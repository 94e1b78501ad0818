import Foundations
import Model
import Synchronization

/// The listening part of wake-ups by a folder, which its thread holds while nobody holds those.
final class FolderEar: Sendable {
  /// The folder and what the system tells of it.
  private struct Place {
    let folder: Folder
    let changes: FolderChanges

    /// Makes the folder where it is missing.
    init(_ path: FilePath) throws {
      folder = try Folder.make(path, durability: .relaxed)
      changes = try FolderChanges(of: path)
    }

    /// Whether the folder lies elsewhere, or nowhere, and tells nothing more.
    func isGone() throws -> Bool {
      try FileStatus.find(folder.path)?.isSameFile(as: folder.status) != true
    }
  }

  // A folder that is deleted or moved away tells nothing more, not even that, while it is open here;
  // and were it not, another could come in its place by the same number.
  private static let look = Duration.seconds(1)

  let ended = StopFlag()
  private let deaf = Atomic(false)

  /// Whether nothing can be heard.
  var isDeaf: Bool { deaf.load(ordering: .relaxed) }

  func goDeaf(_ log: Logger, because error: (any Error)?) {
    deaf.store(true, ordering: .relaxed)
    log.warning("other processes are not heard; jobs are looked for each second", because: error)
  }

  /// Begins to listen, on a thread of its own.
  func listen(
    to path: FilePath, but own: FilePath, waking inner: InProcessWakeups, _ log: Logger
  ) throws {
    let place = try Place(path)
    try OwnThread.start(named: "wake-ups") { [self] in
      do {
        try listen(to: place, but: own, waking: inner, log)
      } catch {
        if ended.isStopped { return }
        goDeaf(log, because: error)
        inner.wake()
      }
    }
  }

  private func listen(
    to first: Place, but own: FilePath, waking inner: InProcessWakeups, _ log: Logger
  ) throws {
    var place = first
    while true {
      let news = try place.changes.next(atMost: Self.look, stop: ended)
      if news.contains(where: { $0 != .file(own) }) { inner.wake() }
      guard news.isEmpty, try place.isGone() else { continue }
      place = try Place(place.folder.path)
      log.notice("the folder of wake-ups was taken away, and is made anew")
      // What was told meanwhile went with it.
      inner.wake()
    }
  }
}
