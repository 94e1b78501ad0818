import Foundations
import Model
import Testing

/// What is promised of lists and counts.
enum Listing {
  static let promises = [
    JobPromise("jobs come the newest first, in pages, by every filter") { subject in
      try fill(subject)
      #expect(try ids(subject) { _ in } == [32, 31, 3, 7, 6, 5, 4, 2, 1])
      #expect(try ids(subject) { $0.isTopLevel = true } == [3, 7, 6, 5, 4, 2, 1])
      #expect(try ids(subject) { $0.states = [.queued] } == [31, 7, 6, 4])
      #expect(try ids(subject) { $0.states = [.running, .failed] } == [32, 5, 2])
      #expect(try ids(subject) { $0.kinds = ["encode"] } == [6, 5, 4, 2])
      #expect(try ids(subject) { $0.kinds = ["hash", "film"] } == [3, 7, 1])
      #expect(try ids(subject) { $0.queue = "slow" } == [7])
      #expect(try ids(subject) { $0.user = "ann" } == [32, 31, 3, 6, 4, 2])
      #expect(
        try ids(subject) {
          $0.user = "ann"
          $0.states = [.queued, .running]
          $0.isTopLevel = true
        } == [6, 4])
      let (run, workflow) = (try RunID("r1"), try WorkflowID("w1"))
      #expect(try ids(subject) { $0.run = run } == [6, 5])
      #expect(try ids(subject) { $0.workflow = workflow } == [6, 4])
      #expect(
        try ids(subject) {
          $0.run = run
          $0.workflow = workflow
        } == [6])
      #expect(try ids(subject) { $0.user = "eve" }.isEmpty)
    },
    JobPromise("lists are the same however many users there are") { subject in
      for number in 1...300 {
        try subject.submit(number, kind: number % 7 == 0 ? "hash" : "encode") {
          $0.user = "user\(number)"
          $0.isHeld = number % 3 == 0
        }
      }
      let encodes = (1...300).reversed().filter { $0 % 7 != 0 }
      #expect(try ids(subject, atMost: 70) { $0.kinds = ["encode"] } == encodes)
      #expect(
        try ids(subject, atMost: 70) {
          $0.kinds = ["encode"]
          $0.states = [.created]
          $0.isTopLevel = true
        } == encodes.filter { $0 % 3 == 0 })
      #expect(try ids(subject, atMost: 70) { $0.user = "user9" } == [9])
    },
    JobPromise("children come by their ordinals, by every filter") { subject in
      try fill(subject)
      let parent = try subject.id(3)
      #expect(try ids(subject) { $0.parent = parent } == [31, 32])
      #expect(
        try ids(subject) {
          $0.parent = parent
          $0.states = [.running]
        } == [32])
      #expect(
        failureCode {
          try subject.store.readJobs {
            try $0.jobs(
              JobFilter(), after: PageCursor(list: "children", key: .integer(1), row: 1), atMost: 1)
          }
        } == .modelBadCursor)
    },
    JobPromise("counts are those of the lists, whatever has happened") { subject in
      try fill(subject)
      let counts = try subject.store.readJobs { try $0.jobCounts() }
      let jobs = try subject.store.readJobs {
        try $0.jobs(JobFilter(), after: nil, atMost: 99).items
      }
      var expected: Set<JobCount> = []
      for job in jobs {
        let same = jobs.filter {
          $0.kind == job.kind && $0.user == job.user && $0.state == job.state
            && ($0.place == nil) == (job.place == nil)
        }
        expected.insert(
          JobCount(
            kind: job.kind, user: job.user, isOfChildren: job.place != nil, state: job.state,
            count: same.count))
      }
      #expect(Set(counts) == expected && counts.count == expected.count)
    },
  ]

  /// 1 completed, 2 failed, 4 to 7 queued but for 5, which runs; 3 with 31 queued and 32 running.
  private static func fill(_ subject: JobSubject) throws {
    try subject.submit(1, kind: "hash")
    try subject.submit(2) { $0.user = "ann" }
    try subject.complete(try subject.claimed("a").ticket)
    try subject.fail(try subject.claimed("b").ticket)
    let (run, workflow) = (try RunID("r1"), try WorkflowID("w1"))
    try subject.submit(4) {
      $0.user = "ann"
      $0.workflow = workflow
    }
    try subject.submit(5) { $0.run = run }
    try subject.submit(6) {
      $0.user = "ann"
      $0.run = run
      $0.workflow = workflow
    }
    try subject.submit(7, kind: "hash") { $0.queue = "slow" }
    try subject.submitParent(3, children: 2) { $0.user = "ann" }
    // The first goes back behind the others.
    let first = try subject.claim("c") { $0.kinds = ["segment"] }
    if let first { try subject.fail(first.ticket, again: 60) }
    _ = try subject.claim("d") { $0.kinds = ["segment"] }
    // Ann has one that runs, so it is nobody's turn.
    _ = try subject.claim("e") { $0.kinds = ["encode"] }
  }

  private static func ids(
    _ subject: JobSubject, atMost count: Int = 2, _ set: (inout JobFilter) -> Void
  ) throws -> [Int] {
    var filter = JobFilter()
    set(&filter)
    var found: [Int] = []
    var cursor: PageCursor?
    repeat {
      let page = try subject.store.readJobs { [filter, cursor] in
        try $0.jobs(filter, after: cursor, atMost: count)
      }
      found += page.items.compactMap { Int($0.id.text.dropFirst()) }
      cursor = page.next
    } while cursor != nil
    return found
  }
}
