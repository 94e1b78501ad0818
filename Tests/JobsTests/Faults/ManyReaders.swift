import Foundations
import Jobs
import Model
import Stores
import Synchronization
import TestSupport
import Testing

extension JobFaults {
  @Suite("Many at once")
  struct ManyReaders {
    private static let jobs = 10_000
    private static let batch = 200

    @Test(
      "10,000 jobs that two processes do while eight readers look: none fails, none sees a job go back or misses an event"
    )
    func many() async throws {
      let folder = try TemporaryFolder()
      let site = try await Site.opened(folder.path)
      let start = SystemTime().uptime
      // It holds the workers until all are asked for.
      _ = try await site.submitted(["gate"])
      let (isOver, seen) = (StopFlag(), Collected<JobWatch>())
      let readers = try (0..<8).map { number in
        try Background(named: "reader") {
          seen.note(try JobWatch.look(in: folder.path, seed: UInt64(number), until: isOver))
        }
      }
      await withTaskGroup(of: Void.self) { tasks in
        for _ in 0..<2 {
          tasks.addTask {
            await #expect(processExitsWith: .success) { [path = folder.path as String] in
              let report = try Site(path).drain(lease: .seconds(30))
              precondition(report.failed + report.lost + report.retried == 0, "\(report)")
            }
          }
        }
        tasks.addTask {
          await #expect(throws: Never.self) {
            try await onThread { try Self.submit(to: site) }
          }
        }
      }
      isOver.stop()
      try await onThread {
        for reader in readers { try reader.wait() }
        try Self.examine(site, seen.values, took: SystemTime().uptime - start)
        site.store.finish()
      }
    }

    private static func submit(to site: Site) throws {
      for number in 0..<jobs / batch {
        let ids = (0..<batch).map { _ in site.queue.newID() }
        let now = SystemTime().now
        _ = try site.store.writeJobs { jobs in
          for id in ids {
            _ = try jobs.submitJob(
              NewJob(kind: "nothing", input: .int(number)), id: id, at: now)
          }
        }
        site.wakeups.wake()
      }
      try AtomicFile.create(site.folder.appending("open"), with: [1])
    }

    private static func examine(_ site: Site, _ seen: [JobWatch], took: Duration) throws {
      let counts = try site.counts()
      #expect(counts == [.completed: jobs + 1])
      #expect(try site.crashes() == 0)
      #expect(try site.store.problems(stop: nil) == [])
      #expect(seen.count == 8)
      for watch in seen {
        #expect(watch.faults == [])
        #expect(watch.completed.count == jobs + 1 && watch.completed.values.allSatisfy { $0 == 1 })
        #expect(watch.statuses > 100 && watch.pages > 10)
      }
      var (statuses, pages, events, errors) = (0, 0, 0, 0)
      for watch in seen {
        statuses += watch.statuses
        pages += watch.pages
        events += watch.events
        errors += watch.faults.count
      }
      let done = counts[.completed] ?? 0
      tell(
        "10,000 jobs, 2 workers, 8 readers",
        "\(done) completed once, \(jobs + 1 - done) lost, \(statuses) looks at a job, "
          + "\(pages) pages, \(events) events, \(errors) errors, in \(Int(took / .seconds(1))) s")
    }
  }
}
