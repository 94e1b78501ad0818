import Foundations
import Jobs
import Model
import TestSupport
import Testing

@Suite("What a worker takes", .timeLimit(.minutes(5)))
struct WorkTests {
  @Test("a part that fails stops the other parts that run, at once")
  func siblings() async throws {
    try await onThread {
      // Time stands still: no heartbeat comes, and no news of a time ago makes this one heard.
      let bench = try Bench(time: ManualTime())
      let (waiting, stopped, gone) = (Signal(), Signal(), Signal())
      let part = JobKind("part") { context in
        if context.input == "good" { return .completed(1) }
        if context.input == "next" {
          // It keeps the slot of the one that failed from finding nothing to do and telling that.
          gone.wait(for: 3)
          return .completed(1)
        }
        if context.input == "bad" {
          waiting.wait(for: 3)
          throw Trouble.lasting
        }
        context.stop.onStop { _ in stopped.give() }
        waiting.give()
        // Of all: the news of another's stop may come before its own.
        stopped.wait(for: 3)
        gone.give()
        try context.stop.check()
        return .completed(1)
      }
      let worker = try bench.start(part) { $0.slots = 4 }
      _ = try bench.end(of: bench.submit("part", "good"))
      let parts = ["bad", "a", "b", "c"].map { NewJob(kind: "part", input: .string($0)) }
      let film = try bench.queue.submit(NewJob(kind: "film"), children: parts).job.id
      let next = try bench.submit("part", "next") { $0.priority = -1 }
      try bench.wait(for: film) { $0.state == .failed && $0.children.pending == 0 }
      #expect(try bench.job(film).error?.code == "jobs.child_lost")
      let report = try worker.end()
      #expect(report.cancelled == 3 && report.failed == 1)
      #expect(try bench.job(next).state == .completed)
    }
  }

  @Test("no more of a kind run than may, over all workers, and all get done")
  func limits() async throws {
    try await onThread {
      let bench = try Bench()
      let running = Monitor((now: 0, most: 0))
      let kind = JobKind("narrow", runsAtMost: 2) { context in
        running.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
        for _ in 0..<50 { try context.stop.check() }
        running.withLock { $0.now -= 1 }
        return .completed(1)
      }
      for _ in 0..<100 { _ = try bench.submit("narrow") }
      let workers = try (0..<3).map { _ in
        try bench.start(kind) {
          $0.slots = 4
          $0.drainsThenEnds = true
        }
      }
      let reports = try workers.map { try $0.wait() }
      #expect(reports.map(\.completed).reduce(0, +) == 100)
      #expect(running.withLock { $0.most } <= 2)
    }
  }

  @Test("the jobs of a worker take no more memory together than it has")
  func memory() async throws {
    try await onThread {
      let bench = try Bench()
      let held = Monitor((now: 0, most: 0))
      let kind = JobKind("big") { context in
        let size = Int(context.job.asked.memory)
        held.withLock { $0 = ($0.now + size, max($0.most, $0.now + size)) }
        for _ in 0..<50 { try context.stop.check() }
        held.withLock { $0.now -= size }
        return .completed(1)
      }
      for number in 0..<60 { _ = try bench.submit("big") { $0.memory = Int64(1 + number % 3) } }
      let tooBig = try bench.submit("big") { $0.memory = 9 }
      let report = try bench.drain(kind) {
        $0.slots = 6
        $0.memory = 4
      }
      #expect(report.completed == 60 && held.withLock { $0.most } <= 4)
      #expect(try bench.job(tooBig).state == .queued)
    }
  }

  @Test("it takes only kinds, queues and needs that are its own")
  func own() async throws {
    try await onThread {
      let bench = try Bench()
      let kinds = ["a", "b"].map { JobKind($0) { _ in .completed(1) } }
      let mine = try bench.submit("a") { $0.needs = ["gpu"] }
      let others = [
        try bench.submit("b"), try bench.submit("c"),
        try bench.submit("a") { $0.needs = ["tpu"] },
        try bench.submit("a") { $0.queue = "night" },
      ]
      let report = try bench.worker(kinds) {
        $0.kinds = ["a", "c"]
        $0.capabilities = ["gpu"]
        $0.queues = ["default"]
        $0.drainsThenEnds = true
      }.run(stop: StopFlag())
      #expect(report.completed == 1)
      #expect(try bench.job(mine).state == .completed)
      for id in others { #expect(try bench.job(id).state == .queued) }
    }
  }

  @Test("draining waits for what comes due soon, and for nothing that comes tomorrow")
  func drains() async throws {
    try await onThread {
      let bench = try Bench()
      let now = SystemTime().now
      let soon = try bench.submit("job") { $0.runAt = now + .milliseconds(300) }
      let tomorrow = try bench.submit("job") { $0.runAt = now + .seconds(86_400) }
      let report = try bench.drain(JobKind("job") { _ in .completed(1) })
      #expect(report.ending == .drained && report.completed == 1)
      #expect(try bench.job(soon).state == .completed)
      #expect(try bench.job(tomorrow).state == .queued)
    }
  }

  @Test(
    "a schedule's time submits one job, however many workers there are", arguments: Backend.allCases
  )
  func schedules(backend: Backend) async throws {
    try await onThread {
      let time = ManualTime()
      let bench = try Bench(backend, time: time)
      let schedule = JobSchedule(
        id: try ScheduleID("nightly"), NewJob(kind: "clean"), .every(seconds: 60), from: time.now)
      try bench.queue.put(schedule)
      let ran = Signal()
      let kind = JobKind("clean") { _ in
        ran.give()
        return .completed(1)
      }
      let workers = try (0..<2).map { _ in try bench.start(kind) }
      for round in 1...5 {
        time.advance(by: .seconds(60))
        bench.wakeups.wake()
        ran.wait(for: round)
        // The next would join it as long as it is open.
        let last = try #require(try bench.queue.schedules().first?.lastJob)
        _ = try bench.end(of: last)
      }
      let reports = try workers.map { try $0.end() }
      #expect(reports.map(\.completed).reduce(0, +) == 5 && ran.value == 5)
    }
  }

  @Test("jobs of a worker that is gone are taken over at the start of another")
  func recovery() async throws {
    try await onThread {
      let bench = try Bench()
      let ids = try (0..<30).map { _ in try bench.submit("job") }
      _ = try bench.store.writeJobs { transaction in
        for number in 0..<30 {
          let claim = Claim(
            id: try ClaimID("c\(number)"), worker: "gone", lease: .milliseconds(1))
          _ = try transaction.claimJob(claim, at: SystemTime().now)
        }
      }
      let report = try bench.drain(JobKind("job") { _ in .completed(1) }) { $0.slots = 4 }
      #expect(report.completed == 30)
      for id in ids { #expect(try bench.job(id).crashes == 1) }
    }
  }

  @Test("jobs that ended long ago are forgotten, with their logs, and scratch folders before that")
  func pruning() async throws {
    try await onThread {
      let time = ManualTime(startingAt: SystemTime().now)
      let bench = try Bench(time: time)
      let id = try bench.submit("job")
      let kind = JobKind("job", keepsScratch: true) { context in
        _ = try context.scratch
        throw Trouble.lasting
      }
      try bench.drain(kind)
      #expect(try bench.scratchFolders() == 1)
      time.advance(by: .seconds(29 * 86_400))
      try bench.drain(kind)
      #expect(try bench.job(id).state == .failed)
      #expect(try bench.scratchFolders() == 0)
      let log = FilePath(bench.folder("logs/\(id).log"))
      #expect(FileStatus.ifPresent(log) != nil)
      time.advance(by: .seconds(2 * 86_400))
      try bench.drain(kind)
      #expect(throws: ModelFailure.self) { try bench.job(id) }
      #expect(FileStatus.ifPresent(log) == nil)
    }
  }
}
