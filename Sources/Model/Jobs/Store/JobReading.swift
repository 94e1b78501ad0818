package import Foundations

/// What can be asked of the jobs, on one state of them.
package protocol JobReading {
  /// A job.
  func job(_ id: JobID) throws -> Job?
  /// Jobs, the newest first; those of a parent by their ordinal.
  func jobs(
    _ filter: JobFilter, after cursor: PageCursor?, atMost count: Int
  ) throws -> Page<Job>
  /// How many jobs there are of each sort; none that are 0, in no order.
  func jobCounts() throws -> [JobCount]
  /// Events of all jobs after a number over all, in order.
  func jobEvents(after sequence: Int64, atMost count: Int) throws -> [JobEvent]
  /// Events of a job after a number of its own, in order.
  func jobEvents(of job: JobID, after number: Int, atMost count: Int) throws -> [JobEvent]
  /// The number over all of the newest event; 0 before the first.
  func lastJobEvent() throws -> Int64
  /// When something is to be done next that nobody will tell of: a queued job comes due, a lease
  /// lapses, a schedule's time comes; nil where nothing is to come.
  ///
  /// What is due at `now` already is not told again, but for leases and schedules.
  func nextDue(after now: Timestamp) throws -> Timestamp?
  /// A schedule.
  func schedule(_ id: ScheduleID) throws -> JobSchedule?
  /// All schedules by their ids.
  func schedules() throws -> [JobSchedule]
}
