import Foundations
import Glibc
import Jobs
import Model
import Stores
import TestSupport

/// A library's folder that some processes work in.
struct Site {
  static let lease = Duration.milliseconds(800)
  let folder: FilePath
  let store: SQLiteCatalogue
  let wakeups: FolderWakeups
  let queue: JobQueue

  init(_ path: String) throws {
    folder = FilePath(path)
    store = try Bench.openCatalogue(folder)
    wakeups = FolderWakeups(folder.appending("work/wakeups"))
    queue = JobQueue(store: store, wakeups: wakeups)
  }

  /// A site, opened where it may take its time.
  static func opened(_ path: String) async throws -> Site { try await onThread { try Site(path) } }

  /// Asks for a job of each kind, where it may take its time.
  func submitted(_ kinds: [String]) async throws -> [JobID] {
    try await onThread { try kinds.map { try submit($0) } }
  }

  func submit(_ kind: String) throws -> JobID {
    var new = NewJob(kind: kind)
    // What is tried is not the limit; but for the deadly.
    if kind != "deadly" { new.crashes = 1_000 }
    return try queue.submit(new).job.id
  }

  func counts() throws -> [JobState: Int] {
    var counts: [JobState: Int] = [:]
    for count in try queue.counts() where count.kind != "effect" {
      counts[count.state, default: 0] += count.count
    }
    return counts
  }

  /// How often a job lost its worker.
  func crashes() throws -> Int {
    var (crashes, cursor) = (0, PageCursor?.none)
    repeat {
      let page = try queue.list(after: cursor, atMost: 500)
      crashes += page.items.map(\.crashes).reduce(0, +)
      cursor = page.next
    } while cursor != nil
    return crashes
  }

  /// A worker for this site's kinds, which tells when it begins a job.
  func worker(begun: Signal = Signal(), _ set: (inout WorkerOptions) -> Void) -> Worker {
    var options = WorkerOptions()
    options.lease = Self.lease
    options.slots = 3
    set(&options)
    return Worker(
      store: store, kinds: kinds(begun), wakeups: wakeups,
      folders: (folder.appending("work/scratch"), folder.appending("logs")), options: options)
  }

  private func kinds(_ begun: Signal) -> [JobKind] {
    let step = JobKind("step") { context in
      begun.give()
      // Something that can be cut in two.
      try AtomicFile.create(context.scratch.appending("x"), with: [1, 2, 3], durability: .relaxed)
      return .completed(1, saving: Effect.saving(context.job.id.text))
    }
    let split = JobKind("split") { context in
      if context.isJoin { return .completed(2, saving: Effect.saving(context.job.id.text)) }
      var step = NewJob(kind: "step")
      step.crashes = 1_000
      return .split((0..<5).map { _ in NewChild(id: context.newID(), step) })
    }
    let deadly = JobKind("deadly") { context in
      kill(getpid(), SIGKILL)
      try context.stop.check()
      return .completed(0)
    }
    let pause = JobKind("pause") { [folder] context in
      guard context.job.crashes == 0 else {
        return .completed("resumed", saving: Effect.saving(context.job.id.text))
      }
      try AtomicFile.create(folder.appending("process"), with: "\(getpid())".utf8)
      // It goes on once it was held up: the worker finds its lease gone, and stops it.
      let stopped = Signal()
      context.stop.onStop { _ in stopped.give() }
      stopped.wait()
      return .completed("late", saving: Effect.saving(context.job.id.text))
    }
    let nothing = JobKind("nothing") { _ in .completed(1) }
    let gate = JobKind("gate") { [self] context in
      try wait(for: "open")
      return .completed(1)
    }
    return [step, split, deadly, pause, nothing, gate]
  }

  func workUntilKilled(after time: Duration, atWork: Bool) throws {
    let begun = Signal()
    let running = try RunningWorker(worker(begun: begun) { _ in })
    if atWork { begun.wait() }
    // The deadline is the moment of death: nothing ever comes.
    let nothing: Void? = Monitor(0).wait(atMost: time) { _ in nil }
    precondition(nothing == nil)
    withExtendedLifetime(running) { _ = kill(getpid(), SIGKILL) }
  }

  /// Works until there is nothing to do.
  @discardableResult
  func drain(lease: Duration = lease) throws -> WorkerReport {
    let worker = worker {
      $0.drainsThenEnds = true
      $0.lease = lease
    }
    let report = try RunningWorker(worker).wait()
    store.finish()
    return report
  }

  /// A number that another process notes in a file, once it is there.
  func note(_ name: String) throws -> Int32 {
    let path = folder.appending(name)
    try wait(for: name)
    let text = String(decoding: try SmallFile.read(path, limit: 100), as: UTF8.self)
    guard let number = Int32(text) else { throw Trouble.lasting }
    return number
  }

  /// Waits for a file that another process makes.
  func wait(for name: String) throws {
    try Self.wait(for: name, in: folder)
  }

  static func wait(for name: String, in folder: FilePath) throws {
    let changes = try FolderChanges(of: folder)
    while FileStatus.ifPresent(folder.appending(name)) == nil {
      _ = try changes.next(atMost: .milliseconds(100), stop: StopFlag())
    }
  }

  /// Answers twenty calls.
  static func listen(_ folder: FilePath) throws {
    let (up, down) = (
      FolderWakeups(folder.appending("up")), FolderWakeups(folder.appending("down"))
    )
    var count = up.count
    try AtomicFile.create(folder.appending("listens"), with: [1])
    for _ in 0..<20 {
      count = up.wait(after: count, atMost: .seconds(60), stop: StopFlag())
      down.wake()
    }
  }
}
