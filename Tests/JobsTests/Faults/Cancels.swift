import Foundations
import Jobs
import Model
import TestSupport
import Testing

extension JobFaults {
  @Suite("Cancels")
  struct Cancels {
    @Test(
      "reach a program that a job runs within a second, even where no core is idle",
      arguments: Backend.allCases)
    func program(backend: Backend) async throws {
      try await onThread {
        let bench = try Bench(backend)
        let processes = try ChildProcesses()
        let began = Signal()
        let worker = try bench.start(
          JobKind("sleep") { context in
            began.give()
            try context.run(ChildCommand("/usr/bin/sleep", ["600"]), by: processes)
              .requireSuccess()
            return .completed(1)
          })
        let times = try Self.amidBusyCores {
          try (1...9).map { number in
            let id = try bench.submit("sleep")
            began.wait(for: number)
            let start = SystemTime().uptime
            _ = try bench.queue.cancel(id)
            #expect(try bench.end(of: id).state == .cancelled)
            return SystemTime().uptime - start
          }.sorted()
        }
        #expect(try worker.end().cancelled == 9)
        // The middle one: a machine that is shared may hold up any.
        #expect(times[4] < .seconds(1))
        let text = [times[4], times[8]].map { "\(Int($0 / .milliseconds(1))) ms" }
        tell(
          "a cancel amid busy cores, \(backend)",
          "9 programs ended, the middle after \(text[0]), the last after \(text[1])")
      }
    }

    /// Does something while each core has something else to do, too.
    private static func amidBusyCores<R>(_ body: () throws -> R) throws -> R {
      let isOver = StopFlag()
      for _ in 0..<Machine.cores {
        try OwnThread.start(named: "busy") { while !isOver.isStopped {} }
      }
      defer { isOver.stop() }
      return try body()
    }

    @Test("that come between a claim and its job are heard at once")
    func early() async throws {
      try await onThread {
        // Time stands still: no heartbeat comes.
        let bench = try Bench(time: ManualTime())
        let (held, other) = (Held(), Held())
        let worker = try bench.start(held.kind(), other.kind("other"))
        let first = try bench.submit("hold")
        held.began.wait()
        let (second, isCancelled) = (bench.queue.newID(), Signal())
        bench.store.onAnswer { call in
          guard call == .write, isCancelled.value == 0,
            try bench.store.readJobs({ try $0.job(second) })?.state == .running
          else { return }
          isCancelled.give()
          _ = try bench.queue.cancel(second)
          // The thread that hears wishes has looked, at the other job alone.
          bench.settleHeartbeats()
        }
        _ = try bench.store.writeJobs {
          try $0.submitJob(NewJob(kind: "other"), id: second, at: bench.time.now)
        }
        let start = SystemTime().uptime
        bench.wakeups.wake()
        #expect(try bench.end(of: second).state == .cancelled)
        // It looks by itself after ten.
        #expect(SystemTime().uptime - start < .seconds(8))
        #expect(try bench.job(first).state == .running)
        held.goesOn.give()
        _ = try bench.end(of: first)
        let report = try worker.end()
        #expect(report.completed == 1 && report.cancelled == 1)
      }
    }
  }
}
