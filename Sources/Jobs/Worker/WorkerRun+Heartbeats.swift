import Foundations
import Model

/// The thread that renews the leases of all jobs, and hears who is to stop.
extension WorkerRun {
  private enum Answer: Sendable {
    case good(isCancelWished: Bool)
    case lost
  }

  func keepLeases() {
    var wakes = state.withLock { $0.wakes }
    var pause = Duration.zero
    while true {
      let wait = max(pause, nextBeat())
      let isOver = state.wait(atMost: wait) { state -> Bool? in
        if state.isOver { return true }
        return state.wakes != wakes || state.isUnheard ? false : nil
      }
      if isOver == true { return }
      wakes = state.withLock { state in
        state.isUnheard = false
        return state.wakes
      }
      do {
        if nextBeat() <= .zero { try beat() } else { try hearWishes() }
        pause = .zero
      } catch {
        log.warning("leases could not be renewed; it is tried again", because: error)
        pause = min(.seconds(1), options.lease / 12)
      }
    }
  }

  /// Stuck jobs are left to lapse, as are those that are another's.
  private var renewed: [HeldJob] {
    heldJobs.filter { !$0.isStuck && $0.cause != .leaseLost }
  }

  private func nextBeat() -> Duration {
    let step = options.lease / 3
    guard let first = renewed.map(\.heardAt).min() else { return step }
    return max(.zero, first + step - setup.time.uptime)
  }

  private func beat() throws {
    let jobs = renewed
    let (now, uptime, lease) = (clock.now, setup.time.uptime, options.lease)
    let tickets = jobs.map(\.ticket)
    let answers = try store.writeJobs(isUrgent: true) { transaction in
      try tickets.map { ticket -> Answer in
        do {
          let answer = try transaction.heartbeat(ticket, lease: lease, at: now)
          return .good(isCancelWished: answer.isCancelWished)
        } catch let failure as ModelFailure
          where failure.code == .jobLeaseLost || failure.code == .jobNotFound
        {
          return .lost
        }
      }
    }
    for (job, answer) in zip(jobs, answers) {
      switch answer {
      case .good(let isCancelWished):
        job.hear(at: uptime)
        if isCancelWished { job.end(.cancelWished) }
      case .lost: lose(job)
      }
    }
  }

  /// A job that is not this worker's any more; nothing where it has only just ended.
  func lose(_ job: HeldJob) {
    guard state.withLock({ $0.held[job.ticket] != nil }), job.end(.leaseLost) else { return }
    log.warning("a job was lost to another worker", ["job": .string(job.job.id.text)])
  }

  /// After a wake-up: a wish should be heard at once and not with the next heartbeat.
  private func hearWishes() throws {
    let jobs = renewed
    if jobs.isEmpty { return }
    let seen = try store.readJobs { reading in try jobs.map { try reading.job($0.job.id) } }
    for (job, now) in zip(jobs, seen) {
      if now?.ticket != job.ticket {
        lose(job)
      } else if now?.isCancelWished == true {
        job.end(.cancelWished)
      }
    }
  }
}
