import Foundations
import Model

/// What no run asks for: jobs.
extension TestCatalogueView {
  func job(_ id: JobID) -> Job? { fatalError("no run asks for it") }
  func jobs(_ filter: JobFilter, after cursor: PageCursor?, atMost count: Int) -> Page<Job> {
    fatalError("no run asks for it")
  }
  func jobCounts() -> [JobCount] { fatalError("no run asks for it") }
  func jobEvents(after sequence: Int64, atMost count: Int) -> [JobEvent] {
    fatalError("no run asks for it")
  }
  func jobEvents(of job: JobID, after number: Int, atMost count: Int) -> [JobEvent] {
    fatalError("no run asks for it")
  }
  func lastJobEvent() -> Int64 { fatalError("no run asks for it") }
  func nextDue(after now: Timestamp) -> Timestamp? { fatalError("no run asks for it") }
  func schedule(_ id: ScheduleID) -> JobSchedule? { fatalError("no run asks for it") }
  func schedules() -> [JobSchedule] { fatalError("no run asks for it") }

  func submitJob(
    _ new: NewJob, id: JobID, isFresh: Bool, at now: Timestamp
  ) -> SubmittedJob { fatalError("no run asks for it") }
  func submitJob(
    _ new: NewJob, id: JobID, children: [NewChild], isFresh: Bool, at now: Timestamp
  ) -> SubmittedJob { fatalError("no run asks for it") }
  func releaseJob(_ id: JobID, at now: Timestamp) -> Job { fatalError("no run asks for it") }
  func cancelJob(_ id: JobID, at now: Timestamp) -> Job { fatalError("no run asks for it") }
  func retryJob(_ id: JobID, at now: Timestamp) -> Job { fatalError("no run asks for it") }

  func claimJob(_ claim: Claim, at now: Timestamp) -> Job? { fatalError("no run asks for it") }
  func heartbeat(_ ticket: JobTicket, lease: Duration, at now: Timestamp) -> Heartbeat {
    fatalError("no run asks for it")
  }
  func reportJob(_ ticket: JobTicket, _ report: JobReport, at now: Timestamp) -> Job {
    fatalError("no run asks for it")
  }
  func fanOut(
    _ ticket: JobTicket, children: [NewChild], stage: String?, at now: Timestamp
  ) -> Job { fatalError("no run asks for it") }
  func completeJob(
    _ ticket: JobTicket, result: JSONValue, inPart: Bool, at now: Timestamp
  ) -> Job { fatalError("no run asks for it") }
  func failJob(
    _ ticket: JobTicket, _ error: JobError, tryAgainIn delay: Duration?, at now: Timestamp
  ) -> Job { fatalError("no run asks for it") }
  func giveBackJob(_ ticket: JobTicket, waiting delay: Duration, at now: Timestamp) -> Job {
    fatalError("no run asks for it")
  }
  func endCancelledJob(_ ticket: JobTicket, at now: Timestamp) -> Job {
    fatalError("no run asks for it")
  }

  func recoverJobs(_ policy: RetryPolicy, atMost count: Int, at now: Timestamp) -> [Job] {
    fatalError("no run asks for it")
  }
  func pruneJobs(finishedBefore time: Timestamp, atMost count: Int) -> Int {
    fatalError("no run asks for it")
  }
  func pruneJobEvents(before time: Timestamp, atMost count: Int) -> Int {
    fatalError("no run asks for it")
  }
  func putSchedule(_ schedule: JobSchedule) { fatalError("no run asks for it") }
  func deleteSchedule(_ id: ScheduleID) { fatalError("no run asks for it") }
  func submitDueJobs(at now: Timestamp, makeID: () -> JobID) -> [SubmittedJob] {
    fatalError("no run asks for it")
  }
}
