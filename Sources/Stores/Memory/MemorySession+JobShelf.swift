import Foundations
import Model

extension MemorySession: JobShelf {
  func insertJob(_ job: Job) {
    state.jobs.jobs[job.id] = MemoryState.Placed(row: state.nextRow(), thing: job)
  }

  func saveJob(_ job: Job, was old: Job) {
    precondition(self.job(job.id) == old, "what is saved was read in this transaction")
    state.jobs.jobs[job.id]?.thing = job
  }

  func insertJobEvents(
    _ events: [ToldEvent], of job: JobID, from first: Int, at now: Timestamp
  ) {
    for (index, event) in events.enumerated() {
      state.jobs.lastSequence += 1
      state.jobs.events.append(
        JobEvent(
          sequence: state.jobs.lastSequence, job: job, number: first + index, kind: event.kind,
          at: now, payload: .told(event.payload, of: job)))
    }
  }

  func openJob(_ key: JobKey, of user: String?) -> Job? {
    state.jobs.all { job in
      let isSame =
        switch key {
        case .dedupe(let key): job.asked.dedupeKey == key
        case .cache(let key): job.asked.cacheKey == key
        }
      return isSame && job.isOpen && job.place == nil && !job.isCancelWished && job.user == user
    }.first
  }

  func completedJob(cacheKey: String) -> Job? {
    state.jobs.inOrder.filter {
      $0.thing.asked.cacheKey == cacheKey && $0.thing.state == .completed
    }.max { left, right in
      (left.thing.finishedAt ?? left.thing.createdAt, left.row)
        < (right.thing.finishedAt ?? right.thing.createdAt, right.row)
    }?.thing
  }

  func claimedJob(_ claim: ClaimID) -> Job? { state.jobs.all { $0.claim == claim }.first }

  func children(of parent: JobID, in states: Set<JobState>) -> [JobID] {
    state.jobs.all { $0.place?.parent == parent && states.contains($0.state) }
      .sorted { $0.place?.ordinal ?? 0 < $1.place?.ordinal ?? 0 }.map(\.id)
  }

  func laneLoads() -> [LaneLoad] {
    Dictionary(grouping: state.jobs.jobs.values.map(\.thing)) { JobLane($0) }.map { lane, jobs in
      LaneLoad(
        row: 0, lane, queued: jobs.filter { $0.state == .queued }.count,
        running: jobs.filter { $0.state == .running }.count)
    }
  }

  func oldestDue(in lanes: [LaneLoad], at now: Timestamp) -> Job? {
    let lanes = Set(lanes.map(\.lane))
    return state.jobs.inOrder.filter { job in
      job.thing.state == .queued && job.thing.runAt <= now && lanes.contains(JobLane(job.thing))
    }.min { ($0.thing.runAt, $0.row) < ($1.thing.runAt, $1.row) }?.thing
  }

  func lapsedJobs(at now: Timestamp, atMost count: Int) -> [Job] {
    let lapsed = state.jobs.inOrder.compactMap { job in
      job.thing.lease.map { (until: $0.until, row: job.row, job: job.thing) }
    }.filter { $0.until <= now }
    return lapsed.sorted { ($0.until, $0.row) < ($1.until, $1.row) }.prefix(count).map(\.job)
  }

  func prunableJobs(finishedBefore time: Timestamp, atMost count: Int) -> [JobID] {
    let busy = Set(state.jobs.all { $0.children.pending > 0 }.compactMap(\.place?.parent))
    let ended = state.jobs.inOrder.compactMap { job in
      job.thing.finishedAt.map { (at: $0, row: job.row, job: job.thing) }
    }.filter { ended in
      ended.at < time && ended.job.place == nil && ended.job.children.pending == 0
        && !busy.contains(ended.job.id)
    }
    return ended.sorted { ($0.at, $0.row) < ($1.at, $1.row) }.prefix(count).map(\.job.id)
  }

  func forgetJob(_ id: JobID) {
    for child in children(of: id, in: Set(JobState.allCases)) { forgetJob(child) }
    state.jobs.jobs[id] = nil
    state.jobs.events.removeAll { $0.job == id }
  }

  func forgetEmptyLanes() {}

  func forgetPassingEvents(before time: Timestamp, atMost count: Int) -> Int {
    let old = state.jobs.events.filter { $0.kind.isPassing && $0.at < time }
      .sorted { ($0.at, $0.sequence) < ($1.at, $1.sequence) }.prefix(count).map(\.sequence)
    let forgotten = Set(old)
    state.jobs.events.removeAll { forgotten.contains($0.sequence) }
    return forgotten.count
  }

  func dueSchedules(at now: Timestamp) -> [JobSchedule] {
    state.jobs.schedules.values.filter { $0.isOn && $0.nextDue <= now }
      .sorted { ($0.nextDue, $0.id) < ($1.nextDue, $1.id) }
  }

  func keepSchedule(_ schedule: JobSchedule) { state.jobs.schedules[schedule.id] = schedule }

  func forgetSchedule(_ id: ScheduleID) { state.jobs.schedules[id] = nil }
}
