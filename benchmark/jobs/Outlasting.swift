import Foundations
import Glibc
import Jobs
import Model
import Stores

/// A job that takes longer than its lease, which says in `starts` when it was begun.
struct Outlasting {
  let store: SQLiteCatalogue
  let folder: FilePath
  let lease: Int
  let seconds: Int

  func submit() throws {
    _ = try JobQueue(store: store, wakeups: wakeups).submit(
      NewJob(kind: "outlasting", input: [:]))
    try work()
  }

  /// Works until it is killed.
  func work() throws {
    var options = WorkerOptions()
    options.lease = .seconds(lease)
    let worker = Worker(
      store: store, kinds: [kind], wakeups: wakeups,
      folders: (scratch: folder.appending("scratch"), logs: folder.appending("logs")),
      options: options)
    _ = try worker.run(stop: StopFlag())
  }

  private var wakeups: FolderWakeups { FolderWakeups(folder.appending("wakeups")) }

  private var kind: JobKind {
    let (path, seconds) = (folder.appending("starts"), Duration.seconds(seconds))
    return JobKind("outlasting") { context in
      try Self.noteStart(in: path)
      let ended = Monitor(false)
      let token = context.stop.onStop { _ in
        ended.withLock { $0 = true }
        ended.notify()
      }
      defer { context.stop.removeAction(token) }
      _ = ended.wait(atMost: seconds) { $0 ? () : nil }
      try context.stop.check()
      return .completed([:])
    }
  }

  private static func noteStart(in path: FilePath) throws {
    let file = try FileDescriptor.open(path, O_WRONLY | O_CREAT | O_APPEND, mode: 0o644)
    let time = Double(SystemTime().now.microseconds) / 1_000_000
    try file.write(Array("\(time)\n".utf8))
  }
}
