import Foundations
import Model

extension JobShelf {
  /// A job; `jobs.not_found` where there is none.
  func requiredJob(_ id: JobID) throws -> Job {
    guard let job = try job(id) else { throw ModelFailure.missing(id) }
    return job
  }

  /// Lets an event happen to a job, with all that follows for its parent and its children.
  ///
  /// `set` changes what the event does not. What is given back is the job afterwards.
  @discardableResult
  func change(
    _ old: Job, _ event: JobLifecycle.Event, at now: Timestamp, telling extra: JSONObject = [:],
    _ set: (inout Job) throws -> Void = { _ in }
  ) throws -> Job {
    var job = old
    try job.apply(event, at: now)
    try set(&job)
    try save(&job, was: old, telling: Self.events(of: job, from: old.state, extra), at: now)
    if job.state != old.state {
      try childMoved(job, from: old.state, at: now)
      if job.state.isLost { try cancelChildren(of: job, at: now) }
    }
    // What became of its children has changed its counts.
    return job.children.total > 0 ? try requiredJob(job.id) : job
  }

  /// Keeps a job with the events that tell of what is new.
  func save(
    _ job: inout Job, was old: Job, telling events: [ToldEvent], at now: Timestamp
  ) throws {
    let first = job.lastEvent + 1
    job.lastEvent += events.count
    try saveJob(job, was: old)
    try insertJobEvents(events, of: job.id, from: first, at: now)
  }

  /// Adds a job with its first events.
  func insert(_ job: Job, at now: Timestamp) throws {
    var events = [ToldEvent(.created, ["state": .string(job.state.rawValue)])]
    if job.state == .completed {
      events.append(ToldEvent(.completed, ["state": .string(job.state.rawValue)]))
    }
    var job = job
    job.lastEvent = events.count
    try insertJob(job)
    try insertJobEvents(events, of: job.id, from: 1, at: now)
  }

  private static func events(
    of job: Job, from old: JobState, _ extra: JSONObject
  ) -> [ToldEvent] {
    var change: JSONObject = [
      "old": .string(old.rawValue), "new": .string(job.state.rawValue),
    ]
    for (key, value) in extra.members { change[key] = value }
    var events = [ToldEvent(.statusChanged, change)]
    guard job.state != old else { return events }
    switch job.state {
    case .running:
      events.append(
        ToldEvent(
          .started,
          ["attempt": .int(job.attempts), "worker": .string(orNull: job.lease?.worker)]))
    case .completed, .partiallyCompleted:
      events.append(ToldEvent(.completed, ["state": .string(job.state.rawValue)]))
    case .failed:
      let error = job.error.map { JSONValue.object($0.json) } ?? .null
      events.append(ToldEvent(.failed, ["error": error]))
    case .cancelled: events.append(ToldEvent(.cancelled, [:]))
    case .created, .queued, .waiting: break
    }
    return events
  }
}

/// An event on its way: what happened, without what every event has.
struct ToldEvent {
  let kind: JobEvent.Kind
  let payload: JSONObject

  init(_ kind: JobEvent.Kind, _ payload: JSONObject) {
    self.kind = kind
    self.payload = payload
  }
}
