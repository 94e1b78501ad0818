import Foundations
import Model

/// What any worker does for all: takes jobs from the dead, submits what is due, forgets what is old.
extension WorkerRun {
  /// Does what is due, and tells how long to wait for the next.
  func look(after care: inout WorkerCare) -> Duration {
    do {
      let now = clock.now
      var wait = Self.longestWait
      if try nextDue(after: now).map({ $0 <= now }) ?? false {
        if let hold = holdOff { wait = min(wait, hold) } else { try recover(at: now) }
        try submitDue(at: now)
      }
      prune(&care)
      if let due = try nextDue(after: now), due > now { wait = min(wait, due - clock.now) }
      return max(min(wait, nextPauseEnd()), Self.shortestWait)
    } catch {
      log.warning("the store could not be looked after; it is tried again", because: error)
      return .seconds(1)
    }
  }

  private func nextDue(after now: Timestamp) throws -> Timestamp? {
    try store.readJobs { try $0.nextDue(after: now) }
  }

  /// How long leases are not held to after the clock was set forward: the workers that live renew
  /// theirs meanwhile.
  private var holdOff: Duration? {
    guard let since = clock.sinceLeap, since < options.lease else { return nil }
    return options.lease - since
  }

  private func recover(at now: Timestamp) throws {
    for _ in 0..<WorkerCare.batches {
      let jobs = try store.writeJobs {
        try $0.recoverJobs(RetryPolicy(), atMost: WorkerCare.batch, at: now)
      }
      for job in jobs {
        log.warning(
          "a job was taken from a worker that was not heard of",
          ["job": .string(job.id.text), "state": .string(job.state.rawValue)])
      }
      if !jobs.isEmpty { setup.wakeups.wake() }
      if jobs.count < WorkerCare.batch { return }
    }
  }

  private func submitDue(at now: Timestamp) throws {
    let ids = setup.ids
    let jobs = try store.writeJobs { try $0.submitDueJobs(at: now) { JobID(ids.uuid()) } }
    if !jobs.isEmpty { setup.wakeups.wake() }
  }

  private func nextPauseEnd() -> Duration {
    let now = setup.time.uptime
    return state.withLock { state in
      state.pauses = state.pauses.filter { $0.value > now }
      return state.pauses.values.min().map { $0 - now } ?? Self.longestWait
    }
  }

  /// Whatever fails here waits for the next time.
  private func prune(_ care: inout WorkerCare) {
    let uptime = setup.time.uptime
    guard care.nextPruning.map({ $0 <= uptime }) ?? true else { return }
    care.nextPruning = uptime + WorkerCare.rhythm
    let now = clock.now
    let (jobs, events) = (now - options.keepsJobs, now - options.keepsProgress)
    do {
      try inBatches { try $0.pruneJobs(finishedBefore: jobs, atMost: WorkerCare.batch) }
      try inBatches { try $0.pruneJobEvents(before: events, atMost: WorkerCare.batch) }
      try setup.logs.sweep(olderThan: options.keepsJobs, at: now)
      let swept = try setup.scratch.sweep(olderThan: options.keepsScratch)
      for kept in swept.kept {
        log.warning("an old scratch folder could not be removed", because: kept.why)
      }
    } catch {
      log.warning("old jobs could not be cleared away", because: error)
    }
  }

  private func inBatches(
    _ body: @escaping @Sendable (any JobTransaction) throws -> Int
  ) throws {
    for _ in 0..<WorkerCare.batches where !stop.isStopped {
      if try store.writeJobs(body) < WorkerCare.batch { return }
    }
  }
}

extension Timestamp {
  fileprivate static func - (point: Self, duration: Duration) -> Timestamp {
    point + (.zero - duration)
  }
}
