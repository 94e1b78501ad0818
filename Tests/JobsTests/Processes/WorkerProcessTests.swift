import Foundations
import Glibc
import Jobs
import Model
import Stores
import TestSupport
import Testing

@Suite("Workers of many processes", .timeLimit(.minutes(5)))
struct WorkerProcessTests {
  @Test("that are killed at any moment leave each effect in the books once")
  func killed() async throws {
    let folder = try TemporaryFolder()
    let site = try Site(folder.path)
    var random = Seeded()
    print("workers that are killed: SEED=\(random.seed)")
    var ids: [JobID] = []
    let (rounds, workers) = (50, 4)
    for _ in 0..<rounds {
      for _ in 0..<40 { ids.append(try site.submit("step")) }
      ids.append(try site.submit("split"))
      let times = (0..<workers).map { _ in Int.random(in: 0...100_000, using: &random) }
      await withTaskGroup(of: Void.self) { tasks in
        for time in times {
          tasks.addTask {
            await #expect(processExitsWith: .signal(SIGKILL)) {
              [path = folder.path as String, time = time as Int] in
              try Site(path).workUntilKilled(after: .microseconds(time))
            }
          }
        }
      }
    }
    // Two that live do the rest.
    await withTaskGroup(of: Void.self) { tasks in
      for _ in 0..<2 {
        tasks.addTask {
          await #expect(processExitsWith: .success) { [path = folder.path as String] in
            try Site(path).drain()
          }
        }
      }
    }
    let counts = try site.counts()
    let crashes = try site.crashes()
    print("killed \(rounds * workers) times, while \(crashes) jobs ran, of \(counts)")
    // Many processes die while they have jobs, or the test tries nothing.
    #expect(crashes > rounds * workers / 8)
    #expect(Set(counts.keys) == [.completed], "\(counts)")
    let effects = try Effect.counts(site.store)
    #expect(effects.values.allSatisfy { $0 == 1 })
    #expect(Set(effects.keys).isSuperset(of: ids.map(\.text)))
    #expect(effects.count == counts[.completed])
    try await onThread { site.store.finish() }
  }

  @Test("one that was held up past its lease does no harm when it goes on")
  func heldUp() async throws {
    let folder = try TemporaryFolder()
    let site = try Site(folder.path)
    let id = try site.submit("pause")
    async let paused = #expect(processExitsWith: .success) {
      [path = folder.path as String] in
      let report = try Site(path).drain()
      precondition(report.lost == 1 && report.completed == 0, "\(report)")
    }
    try await onThread {
      let process = try site.note("process")
      kill(process, SIGSTOP)
      let report = try site.worker { $0.drainsThenEnds = true }.run(stop: StopFlag())
      #expect(report.completed == 1)
      kill(process, SIGCONT)
    }
    _ = await paused
    let job = try #require(try site.store.readJobs { try $0.job(id) })
    #expect(job.state == .completed && job.crashes == 1 && job.result == "resumed")
    #expect(try Effect.counts(site.store) == [id.text: 1])
    try await onThread { site.store.finish() }
  }

  @Test("a job whose workers die each time is set aside with its story; others go on")
  func poison() async throws {
    let folder = try TemporaryFolder()
    let site = try Site(folder.path)
    let bad = try site.submit("deadly")
    let good = try site.submit("step")
    for _ in 0..<4 {
      await #expect(processExitsWith: .signal(SIGKILL)) { [path = folder.path as String] in
        try Site(path).drain()
      }
    }
    try await onThread { _ = try site.worker { $0.drainsThenEnds = true }.run(stop: StopFlag()) }
    let job = try #require(try site.store.readJobs { try $0.job(bad) })
    #expect(job.state == .failed && job.error?.code == "jobs.poison" && job.crashes == 4)
    #expect(job.error?.details["worker"]?.string?.isEmpty == false)
    #expect(try site.store.readJobs { try $0.job(good) }?.state == .completed)
    try await onThread { site.store.finish() }
  }

  @Test("wake-ups reach another process within 200 ms")
  func wakeups() async throws {
    let folder = try TemporaryFolder()
    async let listener = #expect(processExitsWith: .success) {
      [path = folder.path as String] in
      try Site.listen(FilePath(path))
    }
    try await onThread {
      let (up, down) = (FilePath(folder("up")), FilePath(folder("down")))
      let (call, answer) = (FolderWakeups(up), FolderWakeups(down))
      // The listener calls first, once it listens.
      var count = answer.count
      if FileStatus.ifPresent(FilePath(folder("listens"))) == nil {
        count = answer.wait(after: count, atMost: .seconds(60), stop: StopFlag())
      }
      var times: [Duration] = []
      for _ in 0..<20 {
        let start = SystemTime().uptime
        call.wake()
        count = answer.wait(after: count, atMost: .seconds(10), stop: StopFlag())
        times.append(SystemTime().uptime - start)
      }
      // There and back again.
      print("wake-ups there and back: \(times.sorted()[10])")
      #expect(times.sorted()[10] < .milliseconds(200))
    }
    _ = await listener
  }
}

/// A library's folder that some processes work in.
private struct Site {
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

  func worker(_ set: (inout WorkerOptions) -> Void) -> Worker {
    var options = WorkerOptions()
    options.lease = Self.lease
    options.slots = 3
    set(&options)
    return Worker(
      store: store, kinds: kinds, wakeups: wakeups,
      folders: (folder.appending("work/scratch"), folder.appending("logs")), options: options)
  }

  private var kinds: [JobKind] {
    let step = JobKind("step") { context in
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
    return [step, split, deadly, pause]
  }

  func workUntilKilled(after time: Duration) throws {
    let running = try RunningWorker(worker { _ in })
    // The deadline is the moment of death: nothing ever comes.
    let nothing: Void? = Monitor(0).wait(atMost: time) { _ in nil }
    precondition(nothing == nil)
    withExtendedLifetime(running) { _ = kill(getpid(), SIGKILL) }
  }

  /// Works until there is nothing to do.
  @discardableResult
  func drain() throws -> WorkerReport {
    let report = try RunningWorker(worker { $0.drainsThenEnds = true }).wait()
    store.finish()
    return report
  }

  /// A number that another process notes in a file, once it is there.
  func note(_ name: String) throws -> Int32 {
    let path = folder.appending(name)
    let changes = try FolderChanges(of: folder)
    while FileStatus.ifPresent(path) == nil {
      _ = try changes.next(atMost: .milliseconds(100), stop: StopFlag())
    }
    let text = String(decoding: try SmallFile.read(path, limit: 100), as: UTF8.self)
    guard let number = Int32(text) else { throw Trouble.lasting }
    return number
  }

  /// Answers twenty calls.
  static func listen(_ folder: FilePath) throws {
    let (up, down) = (
      FolderWakeups(folder.appending("up")), FolderWakeups(folder.appending("down"))
    )
    var count = up.count
    try AtomicFile.create(folder.appending("listens"), with: [1])
    down.wake()
    for _ in 0..<20 {
      count = up.wait(after: count, atMost: .seconds(60), stop: StopFlag())
      down.wake()
    }
  }
}
