import Foundations
import Jobs
import Model
import TestSupport
import Testing

extension JobFaults {
  @Suite("Jobs that ignore their cancel")
  struct StuckJobs {
    @Test(
      "they are named, their leases lapse, and others go on: in their worker, until its last slot, and in the next"
    )
    func stuck() async throws {
      try await onThread {
        let time = ManualTime()
        let bench = try Bench(time: time)
        let (held, log) = (Held(), LogTail(keeping: 1_000))
        let quick = JobKind("quick") { _ in .completed(1, saving: Effect.saving("quick")) }
        let worker = try bench.start(held.kind(obeys: false), quick) {
          $0.patience = .seconds(5)
          $0.log = Logger(to: log, time: time)
        }
        var stuck: [JobID] = []
        for round in 1...2 {
          let id = try bench.submit("hold")
          held.began.wait(for: round)
          _ = try bench.queue.cancel(id)
          held.stopped.wait(for: round)
          let until = try #require(try bench.job(id).lease?.until)
          time.advance(by: .seconds(5))
          bench.wakeups.wake()
          stuck.append(id)
          try Self.wait(for: log, toName: id)
          guard round == 1 else { break }
          // The other slot goes on, and the lease is renewed no more.
          time.advance(by: .seconds(12))
          bench.wakeups.wake()
          for _ in 0..<10 { _ = try bench.end(of: bench.submit("quick")) }
          #expect(try bench.job(id).lease?.until == until)
          time.advance(by: .seconds(20))
          bench.wakeups.wake()
          #expect(try bench.end(of: id).state == .cancelled)
        }
        let report = try worker.wait()
        #expect(report.ending == .stuck && report.stuck == stuck && report.completed == 10)
        // Whoever looks after the store next ends it; nobody else runs it.
        time.advance(by: .seconds(60))
        for _ in 0..<10 { _ = try bench.submit("quick") }
        let next = try bench.drain(held.kind(), quick)
        #expect(next.completed == 10 && held.began.value == 2)
        let lapsed = try stuck.count { try bench.job($0).state == .cancelled }
        #expect(lapsed == 2)
        held.goesOn.give()
        held.goesOn.give()
        #expect(try bench.effects() == ["quick": 20])
        tell(
          "a job that ignores its cancel",
          "\(stuck.count) slots told as stuck, \(lapsed) leases lapsed, 20 others completed, 0 lost"
        )
      }
    }

    /// Waits until a worker's log names a stuck job.
    private static func wait(for log: LogTail, toName id: JobID) throws {
      let end = SystemTime().uptime + longestWait
      let tick = Monitor(())
      while SystemTime().uptime < end {
        let isNamed = log.records.contains {
          $0.level == .error && $0.fields["job"] == .string(id.text)
        }
        if isNamed { return }
        let _: Void? = tick.wait(atMost: .milliseconds(10)) { _ in nil }
      }
      Issue.record("no stuck job is told: \(log.records)")
    }
  }
}
