import Foundations
import Model
import Synchronization

/// A job that a worker has, from its claim until its end is told.
final class HeldJob: Sendable {
  private struct State {
    var heardAt: Duration
    var cause: StopCause?
    var stoppedAt: Duration?
    var isStuck = false
    var hasRun = false
    var draft: ReportDraft
  }

  let job: Job
  let kind: JobKind
  let stop = StopFlag()
  let meter: JobMeter
  private let time: any TimeSource
  private let state: Mutex<State>

  /// A job that was given at some uptime, measured before it was asked for.
  init(_ job: Job, _ kind: JobKind, at uptime: Duration, time: any TimeSource) {
    self.job = job
    self.kind = kind
    self.time = time
    meter = JobMeter(after: job.use)
    state = Mutex(State(heardAt: uptime, draft: ReportDraft(job)))
  }

  var ticket: JobTicket { job.ticket }

  /// When its lease was last known to be good, from before that was asked.
  var heardAt: Duration { state.withLock { $0.heardAt } }
  func hear(at uptime: Duration) { state.withLock { $0.heardAt = max($0.heardAt, uptime) } }

  /// Why it was told to stop; nil while it may go on.
  var cause: StopCause? { state.withLock { $0.cause } }
  var isStuck: Bool { state.withLock { $0.isStuck } }
  var newestStage: String? { state.withLock { $0.draft.newestStage } }

  /// Tells it to stop; whether that is news.
  @discardableResult
  func end(_ cause: StopCause, _ reason: StopReason = .cancelled) -> Bool {
    let now = time.uptime
    let isNews = state.withLock { state in
      guard state.cause.map({ $0 < cause }) ?? true else { return false }
      state.cause = cause
      state.stoppedAt = state.stoppedAt ?? now
      return true
    }
    if isNews { stop.stop(reason) }
    return isNews
  }

  /// Whether it counts as stuck from now on: told to stop so long ago.
  func becomesStuck(after patience: Duration) -> Bool {
    let now = time.uptime
    return state.withLock { state in
      guard let stoppedAt = state.stoppedAt, !state.isStuck, !state.hasRun,
        now - stoppedAt >= patience
      else { return false }
      state.isStuck = true
      return true
    }
  }

  /// Notes that its work is over, and only its end is to be told; whether it had been given up.
  func endRun() -> Bool {
    state.withLock { state in
      state.hasRun = true
      return state.isStuck
    }
  }

  func note(_ update: ProgressUpdate) {
    let now = time.uptime
    state.withLock { $0.draft.note(update, at: now) }
  }

  func note(stage: String) { state.withLock { $0.draft.note(stage: stage) } }

  /// Whether there was room for them.
  func note(details: JSONObject) -> Bool { state.withLock { $0.draft.note(details: details) } }

  /// What is new to tell the store.
  func takeReport() -> JobReport? {
    let use = meter.read()
    return state.withLock { state in
      state.draft.note(use)
      return state.draft.take()
    }
  }

  /// The store did not hear what was taken.
  func giveReportBack() { state.withLock { $0.draft.giveBack() } }
}
