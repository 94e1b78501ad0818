import Foundations
import Glibc
import Jobs
import Model
import Stores
import TestSupport
import Testing

extension JobFaults {
  @Suite("SIGSTOP, SIGCONT")
  struct HeldUpWorkers {
    @Test("one that was held up past its lease does no harm when it goes on")
    func heldUp() async throws {
      let folder = try TemporaryFolder()
      let site = try await Site.opened(folder.path)
      let id = try site.submit("pause")
      async let paused = #expect(processExitsWith: .success) {
        [path = folder.path as String] in
        // It must not stop the job by itself where the machine holds it up before we do.
        let report = try Site(path).drain(lease: .seconds(3))
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
      try await onThread {
        let job = try #require(try site.store.readJobs { try $0.job(id) })
        #expect(job.state == .completed && job.crashes == 1 && job.result == "resumed")
        let effects = try Effect.counts(site.store)
        #expect(effects == [id.text: 1])
        JobFaults.tell(
          "SIGSTOP past the lease, then SIGCONT",
          "1 worker, \(effects.count) effect, \(effects.isEmpty ? 1 : 0) lost, "
            + "\((effects[id.text] ?? 0) - 1) doubled")
        site.store.finish()
      }
    }
  }
}
