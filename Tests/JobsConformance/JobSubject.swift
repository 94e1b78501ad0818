package import Foundations
package import Model

/// An empty store of jobs to try a promise with, and short words for what is done to it.
package struct JobSubject: Sendable {
  package let store: any CatalogueStore

  /// A subject over a store.
  package init(_ store: any CatalogueStore) { self.store = store }

  /// So many seconds after the beginning.
  package static func at(_ seconds: Double) -> Timestamp {
    Timestamp(microseconds: 1_700_000_000_000_000) + .seconds(seconds)
  }

  func id(_ number: Int) throws -> JobID { try JobID("j\(number)") }

  /// The job of a number.
  func job(_ number: Int) throws -> Job {
    let id = try id(number)
    return try store.readJobs { reading in
      guard let job = try reading.job(id) else { throw ModelFailure.missing(id) }
      return job
    }
  }

  @discardableResult
  func submit(
    _ number: Int, kind: String = "encode", at seconds: Double = 0, isFresh: Bool = false,
    _ set: (inout NewJob) -> Void = { _ in }
  ) throws -> SubmittedJob {
    var new = NewJob(kind: kind, input: ["number": .int(number)])
    set(&new)
    let id = try id(number)
    return try store.writeJobs { [new] in
      try $0.submitJob(new, id: id, isFresh: isFresh, at: Self.at(seconds))
    }
  }

  /// A parent and its children: those of 1 are 11, 12 and so on.
  @discardableResult
  func submitParent(
    _ number: Int, children: Int, at seconds: Double = 0, _ rule: ChildRule = ChildRule(),
    _ set: (inout NewJob) -> Void = { _ in }
  ) throws -> SubmittedJob {
    var new = NewJob(kind: "film")
    new.childRule = rule
    set(&new)
    let id = try id(number)
    let parts = try self.children(of: number, 1...children)
    return try store.writeJobs { [new] in
      try $0.submitJob(new, id: id, children: parts, at: Self.at(seconds))
    }
  }

  func children(of number: Int, _ range: ClosedRange<Int>) throws -> [NewChild] {
    try range.map { part in
      NewChild(id: try id(number * 10 + part), NewJob(kind: "segment", input: ["part": .int(part)]))
    }
  }

  /// Claims; by default anything, for ten seconds, as a worker of the name `w`.
  func claim(
    _ name: String, worker: String = "w", at seconds: Double = 0, lease: Double = 10,
    _ set: (inout Claim) -> Void = { _ in }
  ) throws -> Job? {
    var claim = Claim(id: try ClaimID(name), worker: worker, lease: .seconds(lease))
    set(&claim)
    return try store.writeJobs { [claim] in try $0.claimJob(claim, at: Self.at(seconds)) }
  }

  /// Claims what must be there.
  func claimed(
    _ name: String, worker: String = "w", at seconds: Double = 0, lease: Double = 10
  ) throws -> Job {
    guard let job = try claim(name, worker: worker, at: seconds, lease: lease) else {
      throw ModelFailure(.jobNotFound, "nothing is to be had for claim \(name)")
    }
    return job
  }

  @discardableResult
  func complete(
    _ ticket: JobTicket, _ result: JSONValue = "done", at seconds: Double = 1
  ) throws -> Job {
    try store.writeJobs {
      try $0.completeJob(ticket, result: result, at: Self.at(seconds))
    }
  }

  @discardableResult
  func fail(
    _ ticket: JobTicket, again: Double? = nil, at seconds: Double = 1
  ) throws -> Job {
    let error = JobError(
      code: "media.broken", kind: .badMedia, message: "it is broken", at: Self.at(seconds))
    return try store.writeJobs {
      try $0.failJob(
        ticket, error, tryAgainIn: again.map { .seconds($0) }, at: Self.at(seconds))
    }
  }

  @discardableResult
  func cancel(_ number: Int, at seconds: Double = 1) throws -> Job {
    let id = try id(number)
    return try store.writeJobs { try $0.cancelJob(id, at: Self.at(seconds)) }
  }

  @discardableResult
  func retry(_ number: Int, at seconds: Double = 2) throws -> Job {
    let id = try id(number)
    return try store.writeJobs { try $0.retryJob(id, at: Self.at(seconds)) }
  }

  @discardableResult
  func recover(at seconds: Double, atMost count: Int = 100) throws -> [Job] {
    try store.writeJobs {
      try $0.recoverJobs(RetryPolicy(), atMost: count, at: Self.at(seconds))
    }
  }

  func beat(_ ticket: JobTicket, at seconds: Double, lease: Double = 10) throws -> Heartbeat {
    try store.writeJobs(isUrgent: true) {
      try $0.heartbeat(ticket, lease: .seconds(lease), at: Self.at(seconds))
    }
  }

  func states(_ numbers: Int...) throws -> [JobState] { try numbers.map { try job($0).state } }

  func events(of number: Int, after last: Int = 0) throws -> [JobEvent] {
    let id = try id(number)
    return try store.readJobs { try $0.jobEvents(of: id, after: last, atMost: 10_000) }
  }

  /// All that can be seen of the jobs, to tell that nothing has changed.
  func everything() throws -> [String] {
    try store.readJobs { reading in
      let jobs = try reading.jobs(JobFilter(), after: nil, atMost: 10_000).items
      let events = try reading.jobEvents(after: 0, atMost: 100_000)
      return try jobs.map { "\($0)" } + events.map { "\($0)" }
        + reading.schedules().map { "\($0)" }
    }
  }
}
