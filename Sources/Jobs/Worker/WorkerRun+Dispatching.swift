import Foundations
import Model

/// The thread that asks for the run.
extension WorkerRun {
  private enum News {
    case changed, quiet, stop, stuck
  }

  /// Looks after the store and lets slots look for jobs, until it is time to end.
  func dispatch() -> WorkerReport.Ending {
    var care = WorkerCare()
    while true {
      let wakes = state.withLock { $0.wakes }
      if stop.isStopped { return .stopped }
      let wait = look(after: &care)
      let quiets = state.withLock { $0.quiets }
      offerTurn()
      if let ending = rest(after: wakes, quiets, atMost: wait) { return ending }
    }
  }

  /// Waits until something may have changed or come due; why to end, if so.
  private func rest(
    after wakes: Int, _ quiets: Int, atMost time: Duration
  ) -> WorkerReport.Ending? {
    let end = setup.time.uptime + time
    var quiets = quiets
    while true {
      switch wait(after: wakes, quiets, atMost: end - setup.time.uptime) {
      case .changed: return nil
      case .stop: return .stopped
      case .stuck: return .stuck
      case .quiet:
        quiets = state.withLock { $0.quiets }
        if isDrained() { return .drained }
      }
    }
  }

  private func wait(after wakes: Int, _ quiets: Int, atMost time: Duration) -> News {
    let (stop, slots, drains) = (stop, options.slots, options.drainsThenEnds)
    let news: News? = state.wait(atMost: time) { state in
      if stop.isStopped { return .stop }
      if state.stuckCount == slots { return .stuck }
      if state.wakes != wakes { return .changed }
      return drains && state.quiets != quiets && state.isQuiet ? .quiet : nil
    }
    return news ?? .changed
  }

  /// Lets an idle slot look for a job; one that finds one lets the next.
  func offerTurn() {
    state.withLock { $0.isTurnOffered = true }
    state.notify()
  }

  /// Lets jobs that run go on for a while, then stops them, and waits for their ends.
  func windDown() {
    state.withLock { $0.isStopping = true }
    state.notify()
    let grace = options.graceOfStopping
    if state.wait(atMost: grace, until: { $0.isWoundDown ? () : nil }) != nil { return }
    let reason = stop.reason ?? .cancelled
    let held = state.withLock { state in
      state.hurry = reason
      return Array(state.held.values)
    }
    for job in held { job.end(.workerStops, reason) }
    // The watch marks those that do not end as stuck.
    state.wait { $0.isWoundDown ? () : nil }
  }
}
