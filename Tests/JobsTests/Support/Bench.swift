import Foundations
import Jobs
import Model
import Stores
import TestSupport
import Testing

/// A test that waits for longer has failed, and says so instead of hanging.
let longestWait = Duration.seconds(100)

/// The stores that a worker is tried with.
enum Backend: String, CaseIterable, Sendable { case memory, sqlite }

/// A store with jobs, and workers for it.
final class Bench: Sendable {
  let folder: TemporaryFolder
  let store: TriedStore
  let wakeups: any Wakeups
  let time: any TimeSource
  let queue: JobQueue

  /// A store of its own, at a place of its own unless one is given, behind another where asked for.
  init(
    _ backend: Backend = .memory, at place: FilePath? = nil, time: any TimeSource = SystemTime(),
    wakeups: any Wakeups = InProcessWakeups(),
    behind wrap: (any CatalogueStore) -> any CatalogueStore = { $0 }
  ) throws {
    folder = try TemporaryFolder()
    store = TriedStore(
      wrap(
        backend == .memory
          ? InMemoryCatalogue() : try Self.openCatalogue(place ?? FilePath(folder.path))))
    self.time = time
    self.wakeups = wakeups
    queue = JobQueue(store: store, wakeups: wakeups, clock: time)
  }

  static func openCatalogue(_ folder: FilePath) throws -> SQLiteCatalogue {
    var options = SQLiteCatalogue.Options()
    // What is tried here is not the disk.
    options.durability = .relaxed
    return try SQLiteCatalogue.open(in: folder, options: options)
  }

  func worker(_ kinds: [JobKind], _ set: (inout WorkerOptions) -> Void = { _ in }) -> Worker {
    var options = WorkerOptions()
    set(&options)
    return Worker(
      store: store, kinds: kinds, wakeups: wakeups,
      folders: (FilePath(folder("work/scratch")), FilePath(folder("logs"))), options: options,
      clock: time)
  }

  /// Works until there is nothing to do.
  @discardableResult
  func drain(
    _ kinds: JobKind..., set: (inout WorkerOptions) -> Void = { _ in }
  ) throws -> WorkerReport {
    let worker = worker(kinds) {
      $0.drainsThenEnds = true
      set(&$0)
    }
    return try worker.run(stop: StopFlag())
  }

  /// Starts a worker on a thread of its own.
  func start(
    _ kinds: JobKind..., set: (inout WorkerOptions) -> Void = { _ in }
  ) throws -> RunningWorker {
    try RunningWorker(worker(kinds, set))
  }

  func submit(
    _ kind: String, _ input: JSONValue = [:], _ set: (inout NewJob) -> Void = { _ in }
  ) throws -> JobID {
    var new = NewJob(kind: kind, input: input)
    set(&new)
    return try queue.submit(new).job.id
  }

  func job(_ id: JobID) throws -> Job { try queue.job(id) }

  func events(of id: JobID) throws -> [JobEvent] {
    try queue.events(of: id, after: 0, atMost: 100_000)
  }

  /// Waits until a job is as it should be.
  func wait(for id: JobID, until isSo: (Job) -> Bool) throws {
    let end = SystemTime().uptime + longestWait
    while SystemTime().uptime < end {
      let count = wakeups.count
      if isSo(try job(id)) { return }
      _ = wakeups.wait(after: count, atMost: .milliseconds(20), stop: StopFlag())
    }
    Issue.record("job \(id) does not come to be so: \(try job(id))")
    throw Trouble.lasting
  }

  /// Waits for a job's end.
  func end(of id: JobID) throws -> Job {
    try wait(for: id) { !$0.isOpen }
    return try job(id)
  }

  /// Waits until the thread that renews leases has taken note of what it was told last.
  func settleHeartbeats() {
    let before = store.heartbeatReads.value
    wakeups.wake()
    store.heartbeatReads.wait(for: before + 1)
  }

  /// How often an effect is in the books, by whose it is.
  func effects() throws -> [String: Int] { try Effect.counts(store) }
}

/// A worker that runs on a thread of its own.
final class RunningWorker: Sendable {
  let stop = StopFlag()
  private let result = Monitor<Result<WorkerReport, any Error>?>(nil)

  init(_ worker: Worker) throws {
    try OwnThread.start(named: "worker") { [stop, result] in
      let ended = Result { try worker.run(stop: stop) }
      result.withLock { $0 = ended }
      result.notify()
    }
  }

  deinit { stop.stop() }

  /// Waits for its end.
  func wait() throws -> WorkerReport {
    guard let result = result.wait(atMost: longestWait, until: { $0 }) else {
      Issue.record("the worker does not end")
      throw Trouble.lasting
    }
    return try result.get()
  }

  /// Stops it and waits for its end.
  func end() throws -> WorkerReport {
    stop.stop()
    return try wait()
  }
}

/// Something that runs on a thread of its own.
final class Background: Sendable {
  private let result = Monitor<Result<Void, any Error>?>(nil)

  init(named name: String, _ body: @escaping @Sendable () throws -> Void) throws {
    try OwnThread.start(named: name) { [result] in
      let ended = Result { try body() }
      result.withLock { $0 = ended }
      result.notify()
    }
  }

  /// Waits for its end.
  func wait() throws {
    guard let result = result.wait(atMost: longestWait, until: { $0 }) else {
      Issue.record("what runs beside does not end")
      throw Trouble.lasting
    }
    try result.get()
  }
}

/// Runs a test's body on a thread that may block.
func onThread<R: Sendable>(_ body: @escaping @Sendable () throws -> R) async throws -> R {
  try await BlockingLane(named: "test").run(body)
}

/// A count that threads wait for.
final class Signal: Sendable {
  private let count = Monitor(0)

  func give() {
    count.withLock { $0 += 1 }
    count.notify()
  }

  /// Waits until it was given so often.
  func wait(for count: Int = 1) {
    let came: Void? = self.count.wait(atMost: longestWait) { $0 >= count ? () : nil }
    if came == nil { Issue.record("what is waited for does not come") }
  }
  var value: Int { count.withLock { $0 } }
}

/// Something that a job does and that is in the books, each time it was done.
enum Effect {
  /// Does it in the transaction that ends the job.
  static func saving(_ name: String) -> @Sendable (any CatalogueTransaction) throws -> Void {
    { transaction in
      var new = NewJob(kind: "effect", input: .string(name))
      new.isHeld = true
      let id = JobID(UUID.random(using: SystemRandom()))
      _ = try transaction.submitJob(new, id: id, at: SystemTime().now)
    }
  }

  static func counts(_ store: any CatalogueStore) throws -> [String: Int] {
    var filter = JobFilter()
    filter.kinds = ["effect"]
    var counts: [String: Int] = [:]
    var cursor: PageCursor?
    repeat {
      let page = try store.readJobs { [cursor] in
        try $0.jobs(filter, after: cursor, atMost: 500)
      }
      for job in page.items { counts[job.asked.input.string ?? "", default: 0] += 1 }
      cursor = page.next
    } while cursor != nil
    return counts
  }
}

/// A failure of a test's own.
struct Trouble: Failure {
  let code: FailureCode
  let message = "it does not work"
  var hint: String? { nil }
  var cause: (any Error)? { nil }

  static let passing = Trouble(code: .fileBusy)
  static let lasting = Trouble(code: .usageBadValue)
}
