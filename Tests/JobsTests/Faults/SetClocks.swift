import Foundations
import Jobs
import Model
import TestSupport
import Testing

extension JobFaults {
  @Suite("A clock that is set")
  struct SetClocks {
    @Test(
      "an hour that the clock is set back or forward changes nothing", arguments: [-3_600, 3_600])
    func clockSet(by seconds: Int) async throws {
      try await onThread {
        let time = ManualTime()
        let bench = try Bench(time: time)
        let (held, id) = (Held(), try bench.submit("hold"))
        var workers = [try bench.start(held.kind())]
        held.began.wait()
        // The other has looked, too: one that begins later knows no other time.
        let looks = bench.store.careReads.value
        workers.append(try bench.start(held.kind()))
        bench.store.careReads.wait(for: looks + 2)
        let later = try bench.submit("hold") { $0.runAt = time.now + .seconds(45) }
        time.setWallClock(to: time.now + .seconds(seconds))
        // Both have looked for lapsed leases by the new time, whatever they were at.
        for _ in 0..<3 {
          let reads = bench.store.careReads.value
          bench.wakeups.wake()
          bench.store.careReads.wait(for: reads + 4)
        }
        // By a clock set forward both are due; each has a worker that must not be passed by.
        if seconds > 0 { held.began.wait(for: 2) }
        for _ in 0..<4 {
          let running = try [id, later].map { try bench.job($0) }.filter { $0.state == .running }
          time.advance(by: .seconds(10))
          bench.wakeups.wake()
          for job in running { try bench.wait(for: job.id) { $0.heartbeat != job.heartbeat } }
          bench.settleHeartbeats()
        }
        time.advance(by: .seconds(10))
        bench.wakeups.wake()
        // What was due 45 s later is begun: by the time that passed.
        held.began.wait(for: 2)
        held.goesOn.give()
        for job in [id, later] {
          let ended = try bench.end(of: job)
          #expect(ended.state == .completed && ended.crashes == 0 && ended.attempts == 1)
        }
        #expect(held.stopped.value == 0)
        for worker in workers { #expect(try worker.end().lost == 0) }
        let effects = try bench.effects()
        #expect(effects.count == 2 && effects.values.allSatisfy { $0 == 1 })
        tell(
          "the clock set \(seconds < 0 ? "back" : "forward") an hour",
          "2 workers, \(effects.count) effects, \(2 - effects.count) lost, "
            + "\(effects.values.count { $0 > 1 }) doubled")
      }
    }
  }
}
