package import Foundations
import Glibc
import Model
import Synchronization

/// Wake-ups among the processes of one machine, by files that are touched in a folder they share.
///
/// Each process has a file of its own there, and is told by the system of the others' (inotify).
/// Where the system cannot do that, everybody counts as woken each second.
package final class FolderWakeups: Wakeups {
  // What a process left behind that is gone; one that lives makes its file anew.
  private static let oldAge = Duration.seconds(3_600)
  static let deafWait = Duration.seconds(1)

  private let folder: FilePath
  private let file: FilePath
  private let inner = InProcessWakeups()
  private let log: Logger
  private let listens: Bool
  private let hasBegun = Mutex(false)
  private let ear = FolderEar()

  /// Wake-ups by a folder, which is made where it is missing; `listens` is off where the system is
  /// not to be asked.
  package init(
    _ folder: FilePath, random: any RandomSource = SystemRandom(), listens: Bool = true,
    log: Logger = .silent
  ) {
    self.folder = folder
    self.listens = listens
    self.log = log
    file = folder.appending(random.name())
  }

  deinit {
    ear.ended.stop()
    if let name = file.fileName { try? Folder.open(folder).removeFile(name) }
  }

  package var count: Int {
    listen()
    return inner.count
  }

  package func wake() {
    inner.wake()
    do {
      try touch()
    } catch let error where error.errno == ENOENT {
      do {
        _ = try Folder.make(folder, durability: .relaxed)
        try touch()
      } catch {
        log.warning("other processes are not woken", because: error)
      }
    } catch {
      log.warning("other processes are not woken", because: error)
    }
  }

  /// Closing a file that was open for writing is what others are told of.
  private func touch() throws(FileFailure) {
    _ = try FileDescriptor.open(file, O_WRONLY | O_CREAT, mode: 0o644)
  }

  package func wait(after count: Int, atMost time: Duration, stop: StopFlag) -> Int {
    listen()
    guard ear.isDeaf else { return inner.wait(after: count, atMost: time, stop: stop) }
    let news = inner.wait(after: count, atMost: min(time, Self.deafWait), stop: stop)
    if news == count { inner.wake() }
    return inner.count
  }

  /// Begins to listen, before anybody looks at what may change.
  private func listen() {
    hasBegun.withLock { hasBegun in
      guard !hasBegun else { return }
      hasBegun = true
      do {
        let opened = try Folder.make(folder, durability: .relaxed)
        Self.sweep(opened)
        guard listens else { return ear.goDeaf(log, because: nil) }
        try ear.listen(to: folder, but: file, waking: inner, log)
      } catch {
        ear.goDeaf(log, because: error)
      }
    }
  }

  private static func sweep(_ folder: Folder) {
    guard let entries = try? FolderEntries(of: folder) else { return }
    let now = SystemTime().now
    for entry in entries {
      guard let status = try? folder.find(entry.name), status.kind == .plain,
        now - Timestamp(microseconds: status.modifiedNanoseconds / 1_000) > oldAge
      else { continue }
      try? folder.removeFile(entry.name)
    }
  }
}
