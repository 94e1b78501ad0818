import Foundations
import Model

/// The thread that listens for wake-ups and watches the time, and asks no store.
extension WorkerRun {
  func watchTime() {
    let wakeups = setup.wakeups
    var count = wakeups.count
    while !over.isStopped {
      // A job that comes during a wait is not overdue before the next.
      let wait = min(options.lease / 4, options.patience / 2, Self.longestWait)
      let news = wakeups.wait(after: count, atMost: wait, stop: over)
      stopOverdue()
      markStuck()
      guard news != count else { continue }
      count = news
      state.withLock { $0.wakes += 1 }
      state.notify()
    }
  }

  /// Stops jobs whose leases may lapse before anything is heard of them, so that no two workers are
  /// at one job.
  private func stopOverdue() {
    let now = setup.time.uptime
    for job in heldJobs where now - job.heardAt >= options.lease / 2 {
      if job.end(.overdue) {
        log.warning(
          "a job is stopped, since its lease could not be renewed",
          ["job": .string(job.job.id.text)])
      }
    }
  }

  private func markStuck() {
    // Who sees that a slot is stuck finds its job in the report: both become so at once.
    let stuck = state.withLock { state in
      let stuck = state.held.values.filter { $0.becomesStuck(after: options.patience) }.map(
        \.job.id)
      state.report.stuck += stuck
      return stuck
    }
    for id in stuck {
      log.error("a job does not end; its lease is no longer renewed", ["job": .string(id.text)])
    }
    if !stuck.isEmpty { state.notify() }
  }

  var heldJobs: [HeldJob] { state.withLock { Array($0.held.values) } }
}
