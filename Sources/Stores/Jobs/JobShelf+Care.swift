import Foundations
import Model

extension JobShelf {
  func recoverJobs(
    _ policy: RetryPolicy, atMost count: Int, at now: Timestamp
  ) throws -> [Job] {
    try lapsedJobs(at: now, atMost: count).map { lapsed in
      // What came before may have changed it: a child's end is its parent's.
      let job = try requiredJob(lapsed.id)
      let story = Self.story(job)
      if job.isCancelWished {
        return try change(job, .lapseCancelled, at: now, telling: ["lost": .object(story)])
      }
      if job.crashes >= job.asked.crashes {
        return try change(job, .setAside, at: now, telling: ["lost": .object(story)]) { job in
          job.error = Self.poison(job, story, at: now)
        }
      }
      return try change(job, .lapse, at: now, telling: ["lost": .object(story)]) { job in
        job.runAt = now + policy.longestDelay(beforeAttempt: job.crashes + 1)
      }
    }
  }

  /// Who had it, when it was last heard of, and what it was at.
  private static func story(_ job: Job) -> JSONObject {
    [
      "worker": .string(orNull: job.lease?.worker),
      "heartbeat": .string(orNull: job.heartbeat?.description),
      "stage": .string(orNull: job.stage), "progress": .object(job.progress.json),
      "crashes": .int(job.crashes + 1),
    ]
  }

  private static func poison(_ job: Job, _ story: JSONObject, at now: Timestamp) -> JobError {
    var error = JobError(
      code: FailureCode.jobPoison.name, kind: FailureCode.jobPoison.kind,
      message: "job \(job.id) has lost its worker \(job.crashes) times, and is set aside",
      hint: "look at its log and its input before it is tried again", at: now,
      causes: job.error.map { ["\($0.code): \($0.message)"] + $0.causes } ?? [])
    error.stage = job.stage
    error.details = story
    return error
  }

  func pruneJobs(finishedBefore time: Timestamp, atMost count: Int) throws -> Int {
    let ids = try prunableJobs(finishedBefore: time, atMost: count)
    for id in ids { try forgetJob(id) }
    if !ids.isEmpty { try forgetEmptyLanes() }
    return ids.count
  }

  func pruneJobEvents(before time: Timestamp, atMost count: Int) throws -> Int {
    try forgetPassingEvents(before: time, atMost: count)
  }

  func putSchedule(_ schedule: JobSchedule) throws {
    try schedule.check()
    try keepSchedule(schedule)
  }

  func deleteSchedule(_ id: ScheduleID) throws {
    if try schedule(id) == nil {
      throw ModelFailure(.jobNotFound, "there is no schedule \(id)")
    }
    try forgetSchedule(id)
  }

  func submitDueJobs(at now: Timestamp, makeID: () -> JobID) throws -> [SubmittedJob] {
    try dueSchedules(at: now).map { schedule in
      var schedule = schedule
      var job = schedule.job
      job.dedupeKey = "schedule:\(schedule.id)"
      job.runAt = nil
      let submitted = try submitJob(job, id: makeID(), isFresh: true, at: now)
      schedule.lastJob = submitted.job.id
      schedule.advance(past: now)
      try keepSchedule(schedule)
      return submitted
    }
  }
}
