import Foundations
import Glibc
import Model
import Stores
import Synchronization

/// Jobs asked for one by one, and worked off one by one.
struct Queueing {
  let store: SQLiteCatalogue
  let threads: Int

  func submit(_ count: Int) throws {
    try timed("submitted") { thread in
      for number in stride(from: thread, to: count, by: threads) {
        try add(number)
      }
      return count / threads
    }
  }

  private func add(_ number: Int) throws {
    var job = NewJob(kind: "encode", input: ["file": .string("film \(number).mp4")])
    job.user = "user\(number % 20)"
    let id = try JobID("job-\(getpid())-\(number)")
    _ = try store.writeJobs { [job] in
      try $0.submitJob(job, id: id, at: SystemTime().now)
    }
  }

  func drain() throws {
    let waits = Mutex<[Double]>([])
    try timed("claimed and completed") { thread in
      var done = 0
      let clock = SystemTime()
      var mine: [Double] = []
      while true {
        let claim = Claim(
          id: try ClaimID("claim-\(getpid())-\(thread)-\(done)"), worker: "\(getpid())",
          lease: .seconds(60))
        let start = clock.uptime
        guard let job = try store.writeJobs({ try $0.claimJob(claim, at: SystemTime().now) })
        else { break }
        mine.append((clock.uptime - start) / .milliseconds(1))
        _ = try store.writeJobs {
          try $0.completeJob(job.ticket, result: ["size": 1], at: SystemTime().now)
        }
        done += 1
      }
      waits.withLock { $0 += mine }
      return done
    }
    let sorted = waits.withLock { $0.sorted() }
    guard !sorted.isEmpty else { return }
    print(
      "claim p50 \(sorted[sorted.count / 2]) p99 \(sorted[sorted.count * 99 / 100])"
        + " longest \(sorted[sorted.count - 1]) ms")
  }

  private func timed(_ what: String, _ body: @escaping @Sendable (Int) throws -> Int) throws {
    let start = SystemTime().uptime
    let left = Monitor((threads: threads, done: 0))
    for thread in 0..<threads {
      try OwnThread.start(named: "bench") {
        do {
          let done = try body(thread)
          left.withLock { $0 = ($0.threads - 1, $0.done + done) }
          left.notify()
        } catch {
          fatalError("\(error)")
        }
      }
    }
    let done = left.wait { $0.threads == 0 ? $0.done : nil }
    let seconds = (SystemTime().uptime - start) / .seconds(1)
    print("\(what) \(done) in \(seconds) s")
  }
}
