import Foundations
import Model

extension MemorySession {
  func job(_ id: JobID) -> Job? { state.jobs.jobs[id]?.thing }

  func jobs(
    _ filter: JobFilter, after cursor: PageCursor?, atMost count: Int
  ) throws -> Page<Job> {
    let found = state.jobs.inOrder.filter { filter.matches($0.thing) }
    if filter.parent == nil {
      return try Self.page(
        found.reversed(), list: ListName.jobs, after: cursor, atMost: count,
        place: { (.integer(0), $0.row) }, thing: \.thing)
    }
    func ordinal(_ job: MemoryState.Placed<Job>) -> Int { job.thing.place?.ordinal ?? 0 }
    return try Self.page(
      found.sorted { ordinal($0) < ordinal($1) }, list: ListName.children, after: cursor,
      atMost: count, place: { (.integer(Int64(ordinal($0))), $0.row) }, thing: \.thing)
  }

  func jobCounts() -> [JobCount] {
    let sorts = Dictionary(grouping: state.jobs.jobs.values.map(\.thing)) { job in
      JobCount(
        kind: job.kind, user: job.user, isOfChildren: job.place != nil, state: job.state, count: 0)
    }
    return sorts.map { sort, jobs in
      JobCount(
        kind: sort.kind, user: sort.user, isOfChildren: sort.isOfChildren, state: sort.state,
        count: jobs.count)
    }
  }

  func jobEvents(after sequence: Int64, atMost count: Int) -> [JobEvent] {
    Array(state.jobs.events.filter { $0.sequence > sequence }.prefix(count))
  }

  func jobEvents(of job: JobID, after number: Int, atMost count: Int) throws -> [JobEvent] {
    _ = try requiredJob(job)
    return Array(state.jobs.events.filter { $0.job == job && $0.number > number }.prefix(count))
  }

  func lastJobEvent() -> Int64 { state.jobs.lastSequence }

  func nextDue(after now: Timestamp) -> Timestamp? {
    let queued = state.jobs.all { $0.state == .queued && $0.runAt > now }.map(\.runAt)
    let leases = state.jobs.all { $0.lease != nil }.compactMap { $0.lease?.until }
    let schedules = state.jobs.schedules.values.filter(\.isOn).map(\.nextDue)
    return (queued + leases + schedules).min()
  }

  func schedule(_ id: ScheduleID) -> JobSchedule? { state.jobs.schedules[id] }

  func schedules() -> [JobSchedule] { state.jobs.schedules.values.sorted { $0.id < $1.id } }
}
