import Foundations
import Model

/// What a store keeps jobs in: looking up and saving, without any rule of what jobs may do.
///
/// The rules stand once, in the extensions of this folder, and so hold alike in every store. None of
/// these may look through all jobs where there are many.
protocol JobShelf: JobTransaction {
  func insertJob(_ job: Job) throws
  /// Keeps a job as it is now; `old` is how it was kept.
  func saveJob(_ job: Job, was old: Job) throws
  /// Keeps events with numbers from the first on; that they are the job's is told with each.
  func insertJobEvents(
    _ events: [ToldEvent], of job: JobID, from first: Int, at now: Timestamp
  ) throws

  /// The open job of a user and a key that is nobody's child and that nobody wants to end.
  func openJob(_ key: JobKey, of user: String?) throws -> Job?
  /// The last completed job of a cache key.
  func completedJob(cacheKey: String) throws -> Job?
  /// The job that a claim was given last.
  func claimedJob(_ claim: ClaimID) throws -> Job?
  /// The children of a job in some states, by ordinal.
  func children(of parent: JobID, in states: Set<JobState>) throws -> [JobID]

  func laneLoads() throws -> [LaneLoad]
  /// The queued job of some lanes that is due and has been due for the longest.
  func oldestDue(in lanes: [LaneLoad], at now: Timestamp) throws -> Job?
  /// Running jobs whose leases have lapsed, the first first.
  func lapsedJobs(at now: Timestamp, atMost count: Int) throws -> [Job]

  /// Jobs that ended before a time and are nobody's children, without those with open ones.
  func prunableJobs(finishedBefore time: Timestamp, atMost count: Int) throws -> [JobID]
  /// Forgets a job with its children and their events.
  func forgetJob(_ id: JobID) throws
  /// Forgets what no job uses any more.
  func forgetEmptyLanes() throws
  /// Forgets events that only pass (`JobEvent.Kind.isPassing`).
  func forgetPassingEvents(before time: Timestamp, atMost count: Int) throws -> Int

  func dueSchedules(at now: Timestamp) throws -> [JobSchedule]
  func keepSchedule(_ schedule: JobSchedule) throws
  func forgetSchedule(_ id: ScheduleID) throws
}

/// By which an open job is the same as another.
enum JobKey: Sendable {
  case dedupe(String)
  case cache(String)
}
