package import Foundations

/// What can be done to the jobs, inside one transaction, which sees its own changes.
///
/// Time comes in. What names a job that is not there throws `jobs.not_found`; what its state does not
/// allow, `jobs.bad_transition`. What names a ticket is a worker's word: of an older epoch than the
/// job's it throws `jobs.lease_lost`; where the worker has ended its part in this epoch already, it
/// changes nothing and gives the job as it is.
package protocol JobTransaction: JobReading {
  /// Adds a job, or finds the one that does the same.
  ///
  /// The same id again is the same job; with other work it is `jobs.conflict`. `isFresh` asks for
  /// work, even where a completed job has the answer.
  func submitJob(
    _ new: NewJob, id: JobID, isFresh: Bool, at now: Timestamp
  ) throws -> SubmittedJob
  /// Adds a job that waits for its children, and them.
  func submitJob(
    _ new: NewJob, id: JobID, children: [NewChild], isFresh: Bool, at now: Timestamp
  ) throws -> SubmittedJob
  /// Lets a job go that was held, and the children that were held with it.
  func releaseJob(_ id: JobID, at now: Timestamp) throws -> Job
  /// Wants a job to end, with its children: at once, or by a wish that its worker is told.
  ///
  /// Again it changes nothing.
  func cancelJob(_ id: JobID, at now: Timestamp) throws -> Job
  /// Queues a job anew that failed or was cancelled; a parent waits for those of its children that
  /// are anew.
  func retryJob(_ id: JobID, at now: Timestamp) throws -> Job

  /// Gives a worker the job whose turn it is; nil where there is none for it.
  ///
  /// The same claim again is the same job, or none once that has ended.
  func claimJob(_ claim: Claim, at now: Timestamp) throws -> Job?
  /// Renews a lease.
  func heartbeat(_ ticket: JobTicket, lease: Duration, at now: Timestamp) throws -> Heartbeat
  /// Keeps what a worker tells of a job that it has.
  func reportJob(_ ticket: JobTicket, _ report: JobReport, at now: Timestamp) throws -> Job
  /// Adds children to a job that its worker splits, and lets it wait for them.
  ///
  /// `stage` is what it is at when it is given to a worker again.
  func fanOut(
    _ ticket: JobTicket, children: [NewChild], stage: String?, at now: Timestamp
  ) throws -> Job
  /// Ends a job with its result; in part where some of its children were lost, or `inPart` says so.
  func completeJob(
    _ ticket: JobTicket, result: JSONValue, inPart: Bool, at now: Timestamp
  ) throws -> Job
  /// Ends an attempt that failed; another follows after a while where one is given and left, and
  /// nobody wants the job to end.
  func failJob(
    _ ticket: JobTicket, _ error: JobError, tryAgainIn delay: Duration?, at now: Timestamp
  ) throws -> Job
  /// Gives a job back whose worker stops, or cannot reach what it needs, as if the attempt had not
  /// been; nobody is given it before the wait is over.
  func giveBackJob(_ ticket: JobTicket, waiting delay: Duration, at now: Timestamp) throws -> Job
  /// Ends a job as was wished, once its worker has stopped.
  func endCancelledJob(_ ticket: JobTicket, at now: Timestamp) throws -> Job

  /// Takes jobs away from workers whose leases have lapsed: queued again, or set aside after too
  /// many; in the order that they lapsed.
  ///
  /// `policy` says how long each waits before it is given to another.
  func recoverJobs(
    _ policy: RetryPolicy, atMost count: Int, at now: Timestamp
  ) throws -> [Job]
  /// Forgets jobs, with their children and events, that ended before a time; how many.
  func pruneJobs(finishedBefore time: Timestamp, atMost count: Int) throws -> Int
  /// Forgets events of progress and resources before a time; how many.
  func pruneJobEvents(before time: Timestamp, atMost count: Int) throws -> Int

  /// Adds a schedule, or replaces the one of its id.
  func putSchedule(_ schedule: JobSchedule) throws
  /// Forgets a schedule; its jobs stay.
  func deleteSchedule(_ id: ScheduleID) throws
  /// Submits the jobs whose schedules are due.
  ///
  /// Where the last one is still open, that one it is; times that were missed count as one.
  func submitDueJobs(at now: Timestamp, makeID: () -> JobID) throws -> [SubmittedJob]
}

extension JobTransaction {
  /// Adds a job, or finds the one that does the same.
  package func submitJob(_ new: NewJob, id: JobID, at now: Timestamp) throws -> SubmittedJob {
    try submitJob(new, id: id, isFresh: false, at: now)
  }

  /// Adds a job that waits for its children, and them.
  package func submitJob(
    _ new: NewJob, id: JobID, children: [NewChild], at now: Timestamp
  ) throws -> SubmittedJob {
    try submitJob(new, id: id, children: children, isFresh: false, at: now)
  }

  /// Gives a job back whose worker stops, as if the attempt had not been.
  package func giveBackJob(_ ticket: JobTicket, at now: Timestamp) throws -> Job {
    try giveBackJob(ticket, waiting: .zero, at: now)
  }

  /// Ends a job with its result.
  package func completeJob(
    _ ticket: JobTicket, result: JSONValue, at now: Timestamp
  ) throws -> Job {
    try completeJob(ticket, result: result, inPart: false, at: now)
  }
}
