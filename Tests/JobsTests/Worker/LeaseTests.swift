import Foundations
import Jobs
import Model
import TestSupport
import Testing

@Suite("A worker's hold on its jobs", .timeLimit(.minutes(5)))
struct LeaseTests {
  @Test("a long job keeps its lease as long as its worker lives", arguments: Backend.allCases)
  func renewed(backend: Backend) async throws {
    try await onThread {
      let time = ManualTime()
      let bench = try Bench(backend, time: time)
      let (held, id) = (Held(), try bench.submit("hold"))
      let worker = try bench.start(held.kind())
      held.began.wait()
      for beat in 1...12 {
        time.advance(by: .seconds(10))
        bench.wakeups.wake()
        let until = time.now + .seconds(30)
        try bench.wait(for: id) { $0.lease?.until == until }
        bench.settleHeartbeats()
        #expect(held.stopped.value == 0, "beat \(beat)")
      }
      held.goesOn.give()
      #expect(try bench.end(of: id).attempts == 1)
      #expect(try worker.end().completed == 1)
    }
  }

  @Test("what a worker made of a job that it lost is thrown away", arguments: Backend.allCases)
  func lost(backend: Backend) async throws {
    try await onThread {
      let time = ManualTime()
      let bench = try Bench(backend, time: time)
      let (held, id) = (Held(), try bench.submit("hold"))
      let worker = try bench.start(held.kind(obeys: false))
      held.began.wait()
      try Self.takeAway(bench, at: time.now + .seconds(31))
      bench.wakeups.wake()
      held.stopped.wait()
      held.goesOn.give()
      let report = try worker.end()
      #expect(report.lost == 1 && report.completed == 0)
      #expect(try bench.effects().isEmpty)
      #expect(try bench.job(id).state == .running)
    }
  }

  /// Another worker takes the jobs over.
  private static func takeAway(_ bench: Bench, at now: Timestamp) throws {
    _ = try bench.store.writeJobs { transaction in
      _ = try transaction.recoverJobs(RetryPolicy(), atMost: 10, at: now)
      let claim = Claim(id: try ClaimID("other"), worker: "other", lease: .seconds(3_600))
      let job = try transaction.claimJob(claim, at: now + .seconds(60))
      #expect(job != nil)
    }
  }

  @Test(
    "a worker that cannot renew its leases stops its jobs after half of one",
    arguments: [false, true])
  func halfLease(hangs: Bool) async throws {
    try await onThread {
      let time = ManualTime()
      let bench = try Bench(time: time)
      let (held, id) = (Held(), try bench.submit("hold"))
      let worker = try bench.start(held.kind())
      held.began.wait()
      let (isDown, tried) = (Signal(), Signal())
      bench.store.onCall { call in
        guard call == .urgentWrite else { return }
        tried.give()
        if hangs { isDown.wait() }
        throw Trouble(code: .fileBusy)
      }
      time.advance(by: .seconds(14))
      bench.wakeups.wake()
      tried.wait()
      #expect(held.stopped.value == 0)
      time.advance(by: .seconds(1))
      bench.wakeups.wake()
      held.stopped.wait()
      try bench.wait(for: id) { $0.state == .queued || $0.epoch > 1 }
      #expect(try bench.job(id).error == nil)
      isDown.give()
      #expect(try worker.end().returned >= 1)
    }
  }

  @Test("a wish is heard with a heartbeat even where nobody was woken")
  func wishByHeartbeat() async throws {
    try await onThread {
      let time = ManualTime()
      let bench = try Bench(time: time)
      let (held, id) = (Held(), try bench.submit("hold"))
      let worker = try bench.start(held.kind()) { $0.lease = .milliseconds(600) }
      held.began.wait()
      _ = try bench.store.writeJobs { [now = time.now] in try $0.cancelJob(id, at: now) }
      time.advance(by: .milliseconds(200))
      held.stopped.wait()
      try bench.wait(for: id) { $0.state == .cancelled }
      #expect(try worker.end().cancelled == 1)
    }
  }

  @Test(
    "a stop gives running jobs a while, and gives back what has not ended",
    arguments: [true, false])
  func stopping(ends: Bool) async throws {
    try await onThread {
      let bench = try Bench()
      let (held, id) = (Held(), try bench.submit("hold"))
      let waiting = try bench.submit("hold")
      let worker = try bench.start(held.kind()) {
        $0.slots = 1
        $0.graceOfStopping = ends ? .seconds(600) : .milliseconds(10)
      }
      held.began.wait()
      worker.stop.stop(.signal(15))
      if ends { held.goesOn.give() }
      let report = try worker.wait()
      #expect(report.ending == .stopped)
      let job = try bench.job(id)
      #expect(job.state == (ends ? .completed : .queued) && job.attempts == (ends ? 1 : 0))
      #expect(job.lease == nil && job.crashes == 0)
      #expect(try bench.job(waiting).state == .queued)
      #expect(held.began.value == 1)
    }
  }
}
