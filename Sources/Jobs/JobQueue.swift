package import Foundations
package import Model

/// What the engine and the surfaces do with jobs: they ask for them, end them, and follow them.
///
/// Whatever changes something wakes the workers.
package struct JobQueue: Sendable {
  // News of progress wake nobody: whoever follows looks so often.
  private static let look = Duration.milliseconds(250)
  private static let pageSize = 500

  private let store: any JobStore
  private let wakeups: any Wakeups
  private let clock: any TimeSource
  private let ids: IDMaker

  /// The jobs of a store.
  package init(
    store: any JobStore, wakeups: any Wakeups, clock: any TimeSource = SystemTime(),
    random: any RandomSource = SystemRandom()
  ) {
    self.store = store
    self.wakeups = wakeups
    self.clock = clock
    ids = IDMaker(time: clock, random: random)
  }

  /// A new id.
  package func newID() -> JobID { JobID(ids.uuid()) }

  /// Asks for a job, or finds the one that does the same; a fresh one does the work again.
  package func submit(_ new: NewJob, isFresh: Bool = false) throws -> SubmittedJob {
    try submit(new, children: [], isFresh: isFresh)
  }

  /// Asks for a job that joins what its children make, and for them.
  package func submit(
    _ new: NewJob, children: [NewJob], isFresh: Bool = false
  ) throws -> SubmittedJob {
    let id = newID()
    let parts = children.map { NewChild(id: newID(), $0) }
    return try change { try $0.submitJob(new, id: id, children: parts, isFresh: isFresh, at: $1) }
  }

  /// Lets a job go that was held.
  package func release(_ id: JobID) throws -> Job { try change { try $0.releaseJob(id, at: $1) } }

  /// Wants a job and its children to end; what runs ends within a second.
  package func cancel(_ id: JobID) throws -> Job { try change { try $0.cancelJob(id, at: $1) } }

  /// Queues a job anew that failed or was cancelled.
  package func retry(_ id: JobID) throws -> Job { try change { try $0.retryJob(id, at: $1) } }

  /// Adds a schedule, or replaces the one of its id.
  package func put(_ schedule: JobSchedule) throws {
    try change { transaction, _ in try transaction.putSchedule(schedule) }
  }

  /// Forgets a schedule; its jobs stay.
  package func deleteSchedule(_ id: ScheduleID) throws {
    try change { transaction, _ in try transaction.deleteSchedule(id) }
  }

  private func change<R: Sendable>(
    _ body: @escaping @Sendable (any JobTransaction, Timestamp) throws -> R
  ) throws -> R {
    let now = clock.now
    let result = try store.writeJobs { try body($0, now) }
    wakeups.wake()
    return result
  }

  /// A job; `jobs.not_found` where there is none.
  package func job(_ id: JobID) throws -> Job {
    guard let job = try store.readJobs({ try $0.job(id) }) else { throw ModelFailure.missing(id) }
    return job
  }

  /// Jobs, the newest first; those of a parent by their ordinal.
  package func list(
    _ filter: JobFilter = JobFilter(), after cursor: PageCursor? = nil, atMost count: Int
  ) throws -> Page<Job> {
    try store.readJobs { try $0.jobs(filter, after: cursor, atMost: count) }
  }

  /// How many jobs there are of each sort.
  package func counts() throws -> [JobCount] { try store.readJobs { try $0.jobCounts() } }

  /// All schedules by their ids.
  package func schedules() throws -> [JobSchedule] { try store.readJobs { try $0.schedules() } }

  /// Events of all jobs after a number over all, in order.
  package func events(after sequence: Int64, atMost count: Int) throws -> [JobEvent] {
    try store.readJobs { try $0.jobEvents(after: sequence, atMost: count) }
  }

  /// Events of a job after a number of its own, in order.
  package func events(of id: JobID, after number: Int, atMost count: Int) throws -> [JobEvent] {
    try store.readJobs { try $0.jobEvents(of: id, after: number, atMost: count) }
  }

  /// Tells all events of a job after a number, those that were and those that come, until it has
  /// ended; gives the job as it ended.
  ///
  /// Blocks a thread, which has to be one of our own; a raised flag ends it by `StoppedFailure`.
  package func watch(
    _ id: JobID, after number: Int = 0, stop: StopFlag, each: (JobEvent) throws -> Void
  ) throws -> Job {
    var last = number
    while true {
      try stop.check()
      let count = wakeups.count
      // The end and the events are of one state, so that an ended job has told all.
      let (job, events) = try store.readJobs { reading in
        guard let job = try reading.job(id) else { throw ModelFailure.missing(id) }
        return (job, try reading.jobEvents(of: id, after: last, atMost: Self.pageSize))
      }
      for event in events { try each(event) }
      last = events.last?.number ?? last
      if events.count == Self.pageSize { continue }
      if !job.isOpen { return job }
      _ = wakeups.wait(after: count, atMost: Self.look, stop: stop)
    }
  }

  /// Tells all events of all jobs after a number over all, until the flag is raised, which ends it by
  /// `StoppedFailure`.
  package func follow(
    after sequence: Int64, stop: StopFlag, each: (JobEvent) throws -> Void
  ) throws {
    var last = sequence
    while true {
      try stop.check()
      let count = wakeups.count
      let events = try self.events(after: last, atMost: Self.pageSize)
      for event in events { try each(event) }
      last = events.last?.sequence ?? last
      if events.count < Self.pageSize {
        _ = wakeups.wait(after: count, atMost: Self.look, stop: stop)
      }
    }
  }
}
