import Foundations
import Glibc
import Jobs
import Model
import Stores
import TestSupport
import Testing

extension JobFaults {
  @Suite("Jobs that crash")
  struct CrashingJobs {
    @Test(
      "a program that crashes each time fails its job with its last words; others go on",
      arguments: Backend.allCases)
    func crashing(backend: Backend) async throws {
      try await onThread {
        let bench = try Bench(backend)
        let processes = try ChildProcesses()
        let bad = try (0..<3).map { _ in try bench.submit("crash", true) }
        let good = try (0..<20).map { _ in try bench.submit("crash", false) }
        let (policy, ran) = (RetryPolicy(firstDelay: .milliseconds(1)), Signal())
        try bench.drain(
          JobKind("crash", retry: policy) { context in
            if context.input == false { return .completed(1) }
            let command = ChildCommand("/bin/sh", ["-c", "echo out of luck >&2; kill -SEGV $$"])
            ran.give()
            try context.run(command, by: processes).requireSuccess()
            return .completed(1)
          })
        for id in bad {
          let job = try bench.job(id)
          #expect(job.state == .failed && job.attempts == 3 && job.crashes == 0)
          #expect(job.error?.code == "process.killed" && job.error?.toolOutput == "out of luck")
          #expect(job.error?.message.isEmpty == false && job.error?.operation == "crash")
        }
        let completed = try good.count { try bench.job($0).state == .completed }
        #expect(completed == good.count && ran.value == 9)
        tell(
          "a program that crashes each time, \(backend)",
          "\(bad.count) jobs, \(ran.value) crashes, \(bad.count) failed with their last words, "
            + "\(completed) others completed, \(good.count - completed) lost")
      }
    }

    @Test("a job whose workers die each time is set aside with its story; others go on")
    func poison() async throws {
      let folder = try TemporaryFolder()
      let site = try await Site.opened(folder.path)
      let ids = try await site.submitted(["deadly", "step", "step", "step"])
      for _ in 0..<4 {
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = folder.path as String] in
          try Site(path).drain()
        }
      }
      try await onThread {
        _ = try site.worker { $0.drainsThenEnds = true }.run(stop: StopFlag())
        let job = try site.queue.job(ids[0])
        #expect(job.state == .failed && job.error?.code == "jobs.poison" && job.crashes == 4)
        #expect(job.error?.details["worker"]?.string?.isEmpty == false)
        let effects = try Effect.counts(site.store)
        #expect(effects == Dictionary(uniqueKeysWithValues: ids.dropFirst().map { ($0.text, 1) }))
        JobFaults.tell(
          "a job that kills its worker each time",
          "\(job.crashes) workers, set aside with its story, \(effects.count) others completed, "
            + "\(3 - effects.count) lost")
        site.store.finish()
      }
    }
  }
}
