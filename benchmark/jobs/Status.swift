import Foundations
import Model
import Stores

/// Lists, counts and single jobs of a hundred thousand, while workers are busy.
struct Status {
  let store: SQLiteCatalogue
  let threads: Int

  func measure(_ count: Int) throws {
    try fill(count)
    let isOver = StopFlag()
    let left = Monitor(threads)
    for thread in 0..<threads {
      try OwnThread.start(named: "worker") {
        do { try work(thread, until: isOver) } catch { fatalError("\(error)") }
        left.withLock { $0 -= 1 }
        left.notify()
      }
    }
    try lists(count)
    isOver.stop()
    left.wait { $0 == 0 ? () : nil }
  }

  /// Nine tenths are over, as in a library that is used; a tenth of them failed.
  private func fill(_ count: Int) throws {
    for first in stride(from: 0, to: count, by: 1_000) {
      try store.writeJobs { jobs in
        for number in first..<min(count, first + 1_000) {
          var new = NewJob(
            kind: ["encode", "hash", "export", "derive", "process"][number % 5],
            input: ["file": .string("film \(number).mp4"), "crf": 30])
          new.user = "user\(number % 20)"
          let now = Timestamp(microseconds: 1_700_000_000_000_000 + Int64(number) * 1_000_000)
          _ = try jobs.submitJob(new, id: JobID("job-\(number)"), at: now)
          if number % 10 == 0 { continue }
          let claim = Claim(id: try ClaimID("fill-\(number)"), worker: "w", lease: .seconds(60))
          guard let job = try jobs.claimJob(claim, at: now) else { continue }
          if number % 10 == 1 {
            let error = JobError(code: "a.b", kind: .badMedia, message: "broken", at: now)
            _ = try jobs.failJob(job.ticket, error, tryAgainIn: nil, at: now)
          } else {
            _ = try jobs.completeJob(job.ticket, result: ["size": 1], at: now)
          }
        }
      }
    }
  }

  private func work(_ thread: Int, until isOver: StopFlag) throws {
    var number = 0
    while !isOver.isStopped {
      number += 1
      let claim = Claim(
        id: try ClaimID("claim-\(thread)-\(number)"), worker: "w\(thread)", lease: .seconds(60))
      guard let job = try store.writeJobs({ try $0.claimJob(claim, at: SystemTime().now) })
      else { break }
      _ = try store.writeJobs(isUrgent: true) {
        try $0.heartbeat(job.ticket, lease: .seconds(60), at: SystemTime().now)
      }
      _ = try store.writeJobs {
        try $0.completeJob(job.ticket, result: ["size": 1], at: SystemTime().now)
      }
    }
  }

  private func lists(_ count: Int) throws {
    func filter(_ set: (inout JobFilter) -> Void) -> JobFilter {
      var filter = JobFilter()
      set(&filter)
      return filter
    }
    let filters = [
      ("newest", filter { _ in }), ("running", filter { $0.states = [.running] }),
      ("failed", filter { $0.states = [.failed] }),
      (
        "one user's encodes",
        filter {
          $0.user = "user5"; $0.kinds = ["encode"]
        }
      ),
      (
        "one user's failed",
        filter {
          $0.user = "user1"; $0.states = [.failed]
        }
      ),
      ("nobody's", filter { $0.user = "eve" }),
    ]
    for (name, filter) in filters {
      try timed("page of 50, \(name)") { _ in
        try store.readJobs { try $0.jobs(filter, after: nil, atMost: 50) }.items.count
      }
    }
    let deep = PageCursor(list: ListName.jobs, key: .integer(0), row: Int64(count / 10))
    try timed("page of 50, at 90 % depth") { _ in
      try store.readJobs { try $0.jobs(JobFilter(), after: deep, atMost: 50) }.items.count
    }
    try timed("counts") { _ in try store.readJobs { try $0.jobCounts() }.count }
    try timed("one job") { number in
      let id = try JobID("job-\(number * 7 % count)")
      return try store.readJobs { try $0.job(id) } == nil ? 0 : 1
    }
    try timed("next due") { _ in
      try store.readJobs { try $0.nextDue(after: SystemTime().now) } == nil ? 0 : 1
    }
  }

  private func timed(_ name: String, _ body: (Int) throws -> Int) throws {
    let (clock, thread) = (SystemTime(), ThreadUse.ofThisThread())
    let before = thread.cpuSeconds ?? 0
    var durations: [Double] = []
    var found = 0
    for number in 0..<500 {
      let start = clock.uptime
      found = try body(number)
      durations.append((clock.uptime - start) / .milliseconds(1))
    }
    durations.sort()
    // What the thread itself took, whatever the others did to its times.
    let used = ((thread.cpuSeconds ?? 0) - before) * 1_000 / Double(durations.count)
    print(
      "\(name): p50 \(durations[250]) p99 \(durations[495]) ms, processor \(used) ms each,"
        + " \(found) found")
  }
}
