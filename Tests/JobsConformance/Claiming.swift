import Foundations
import Model
import Testing

/// What is promised of who is given which job.
enum Claiming {
  static let promises = [
    JobPromise("a claimed job runs, with a lease, a new epoch and one more attempt") {
      try $0.submit(1)
      let job = try $0.claimed("a", worker: "anna", at: 5)
      #expect(job.id.text == "j1" && job.state == .running)
      #expect(job.epoch == 1 && job.attempts == 1)
      #expect(job.lease == JobLease(worker: "anna", until: JobSubject.at(15)))
      #expect(job.heartbeat == JobSubject.at(5) && job.startedAt == JobSubject.at(5))
      #expect(try $0.job(1) == job)
      #expect(try $0.claim("b", at: 5) == nil)
    },
    JobPromise("a claim that is made twice is given the same job, and nothing changes") {
      try $0.submit(1)
      try $0.submit(2)
      let job = try $0.claimed("a", at: 1)
      let before = try $0.everything()
      #expect(try $0.claim("a", at: 3) == job)
      #expect(try $0.everything() == before)
      try $0.complete(job.ticket)
      let after = try $0.everything()
      #expect(try $0.claim("a", at: 4) == nil)
      #expect(try $0.everything() == after)
    },
    JobPromise("higher priorities go first, and among equals the older") {
      try $0.submit(1)
      try $0.submit(2)
      try $0.submit(3) { $0.priority = 5 }
      try $0.submit(4) { $0.priority = -1 }
      try $0.submit(5, at: 1) { $0.runAt = JobSubject.at(-1) }
      var order: [String] = []
      for number in 0..<5 { order.append(try $0.claimed("c\(number)", at: 2).id.text) }
      #expect(order == ["j3", "j5", "j1", "j2", "j4"])
    },
    JobPromise("a job is not given before its time") {
      try $0.submit(1) { $0.runAt = JobSubject.at(10) }
      #expect(try $0.claim("a", at: 9.9) == nil)
      #expect(
        try $0.store.readJobs { try $0.nextDue(after: JobSubject.at(1)) } == JobSubject.at(10))
      #expect(try $0.claim("a", at: 10)?.id.text == "j1")
    },
    JobPromise("the user with the fewest running goes first, so that many jobs hold up nobody") {
      for number in 1...6 { try $0.submit(number) { $0.user = "ann" } }
      try $0.submit(7) { $0.user = "bob" }
      try $0.submit(8) { $0.user = "bob" }
      try $0.submit(9)
      var users: [String] = []
      for number in 0..<9 {
        users.append(try $0.claimed("c\(number)", at: 1).user ?? "nobody")
      }
      #expect(
        users == ["ann", "bob", "nobody", "ann", "bob", "ann", "ann", "ann", "ann"])
    },
    JobPromise("a worker is given only what it works on, is able to do, and has memory for") {
      try $0.submit(1) { $0.needs = ["gpu", "av1"] }
      try $0.submit(2, kind: "hash") { $0.queue = "slow" }
      try $0.submit(3, kind: "export") { $0.memory = 1_000 }
      #expect(
        try $0.claim("a") {
          $0.capabilities = ["gpu"]; $0.kinds = ["encode"]
        } == nil)
      #expect(
        try $0.claim("b") {
          $0.queues = ["default"]; $0.memoryAtMost = 999
        } == nil)
      #expect(try $0.claim("c") { $0.kinds = [] } == nil)
      #expect(try $0.claim("d") { $0.capabilities = ["av1", "gpu", "x"] }?.id.text == "j1")
      #expect(
        try $0.claim("e") {
          $0.memoryAtMost = 1_000; $0.queues = ["default"]
        }?.id.text == "j3")
      #expect(
        try $0.claim("f") {
          $0.queues = ["slow"]; $0.kinds = ["hash"]
        }?.id.text == "j2")
    },
    JobPromise("no more of a kind or of a user run than the claim allows, over all workers") {
      for number in 1...3 { try $0.submit(number) { $0.user = "ann" } }
      try $0.submit(4, kind: "hash") { $0.user = "ann" }
      func limit(_ claim: inout Claim) {
        claim.runningAtMost = ["encode": 1]
        claim.runningAtMostPerUser = 2
      }
      let first = try #require(try $0.claim("a", worker: "one", limit))
      #expect(first.id.text == "j1")
      #expect(try $0.claim("b", worker: "two", limit)?.id.text == "j4")
      #expect(try $0.claim("c", worker: "two", limit) == nil)
      try $0.complete(first.ticket)
      #expect(try $0.claim("d", worker: "two", limit)?.id.text == "j2")
      #expect(try $0.claim("e", limit) == nil)
      #expect(try $0.claim("f") { $0.runningAtMostPerUser = 3 }?.id.text == "j3")
    },
  ]
}
