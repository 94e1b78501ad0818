import Foundations
import Model

/// Telling the store how a job ended.
extension WorkerRun {
  private struct Told: Sendable {
    let job: Job
    /// Whether others may have something to do now.
    let isForOthers: Bool
    /// What was given in the same write.
    var next: Job?
  }

  /// What became of a job's end, and of the question for another that went with it.
  struct Acknowledged {
    /// Whether the job failed for good or for now.
    let hasFailed: Bool
    var next: HeldJob?
    /// By which time another was asked for and there was none.
    var askedAt: Timestamp?
    /// A question whose answer was lost: it may have been given a job, and is to be asked again.
    var unheard: Claim?

    /// Whether the question for another was answered.
    var hasAsked: Bool { next != nil || askedAt != nil }
  }

  /// Tells how a job ended, again and again until it is told, or another's; and asks for another in
  /// the same write, as long as the worker takes any.
  func acknowledge(
    _ held: HeldJob, _ result: Result<JobOutcome, any Error>, claiming: Claim?, _ jobLog: Logger
  ) -> Acknowledged {
    var claim = claiming
    // The answer was lost, and the end may hold.
    var isUnheard = false
    var ending = JobEnding(result, of: held, at: clock.now, chance: setup.chance)
    var hasFailedToSave = false
    var pause = Self.firstPause
    while true {
      // A job that has ended has no lease either: only the store can tell the two apart.
      if held.cause == .leaseLost && !isUnheard { ending = .lost }
      if case .lost = ending { return count(ending, nil, unheard: isUnheard ? claim : nil) }
      let (now, uptime) = (clock.now, setup.time.uptime)
      do {
        let told = try write(ending, of: held, claiming: claim, at: now)
        announce(isUrgent: told.isForOthers)
        var done = count(ending, told.job)
        done.next = told.next.flatMap { next in
          setup.kinds[next.kind].map { HeldJob(next, $0, at: uptime, time: setup.time) }
        }
        if claim != nil && done.next == nil { done.askedAt = now }
        return done
      } catch let failure as ClaimingFailure {
        // The end of this job does not wait for what is wrong with another.
        log.warning("no job could be claimed", because: failure.error)
        claim = nil
      } catch let failure as ModelFailure
        where failure.code == .jobLeaseLost || failure.code == .jobNotFound
      {
        lose(held)
        ending = .lost
      } catch let failure as SavingFailure {
        jobLog.error("the result could not be saved", because: failure.error)
        ending = JobEnding(failure.error, of: held, at: clock.now, chance: setup.chance)
      } catch  where error.mayPass {
        jobLog.warning("the end could not be told; it is tried again", because: error)
        isUnheard = true
        guard wait(pause, beforeTelling: held) else { return count(.lost, nil) }
        if isStopping { claim = nil }
        pause = min(pause * 2, Self.longestPause)
      } catch {
        jobLog.error("the store refuses how the job ended", because: error)
        if hasFailedToSave { return count(.lost, nil, unheard: isUnheard ? claim : nil) }
        hasFailedToSave = true
        ending = .failed(
          JobError(error.asFailure, of: held, at: clock.now), tryAgainIn: nil)
      }
    }
  }

  private var isStopping: Bool { stop.isStopped || state.withLock { $0.isStopping } }

  /// Says why a job ended before its time, and leaves its kind be where that is what it asks for.
  func note(_ error: any Error, of held: HeldJob, _ jobLog: Logger) {
    switch held.cause {
    case nil: jobLog.error("the job failed", because: error)
    case .leaseLost: jobLog.notice("the job has gone to another worker")
    case .cancelWished: jobLog.notice("the job ends as was wished")
    case .workerStops, .overdue: jobLog.notice("the job is given back")
    }
    guard let pause = JobEnding.pause(error.asFailure) else { return }
    let end = setup.time.uptime + pause
    state.withLock { $0.pauses[held.job.kind] = end }
  }

  /// Everything that is told of a job's end, in one transaction, and the claim of another.
  private func write(
    _ ending: JobEnding, of held: HeldJob, claiming claim: Claim?, at now: Timestamp
  ) throws -> Told {
    let (ticket, report) = (held.ticket, held.takeReport())
    let hasLimit = held.kind.runsAtMost != nil || options.perUser != nil
    do {
      return try store.write { transaction in
        guard let job = try transaction.job(ticket.job) else {
          throw ModelFailure.missing(ticket.job)
        }
        guard job.epoch == ticket.epoch else { throw ModelFailure.leaseLost(ticket) }
        // It was told before, and only the answer was lost: nothing may be saved twice.
        guard job.state == .running else {
          let next = try Self.claim(claim, transaction, at: now)
          return Told(job: job, isForOthers: true, next: next)
        }
        if let report { _ = try transaction.reportJob(ticket, report, at: now) }
        let ended = try Self.write(ending, ticket, transaction, at: now)
        let isParentDue = try ended.place.map { place in
          try transaction.job(place.parent)?.state == .queued
        }
        // What is lost may have taken its children or its siblings with it, which are to hear of that.
        let isForOthers = hasLimit || ended.isOpen || ended.state.isLost || isParentDue ?? false
        let next = try Self.claim(claim, transaction, at: now)
        return Told(job: ended, isForOthers: isForOthers, next: next)
      }
    } catch {
      held.giveReportBack()
      throw error
    }
  }

  private static func claim(
    _ claim: Claim?, _ transaction: any CatalogueTransaction, at now: Timestamp
  ) throws -> Job? {
    guard let claim else { return nil }
    do { return try transaction.claimJob(claim, at: now) } catch  where !error.mayPass {
      throw ClaimingFailure(error: error)
    }
  }

  private static func write(
    _ ending: JobEnding, _ ticket: JobTicket, _ transaction: any CatalogueTransaction,
    at now: Timestamp
  ) throws -> Job {
    switch ending {
    case .done(.completed(let result, let inPart, let saving)):
      let job = try transaction.completeJob(ticket, result: result, inPart: inPart, at: now)
      do { try saving?(transaction) } catch { throw SavingFailure(error: error) }
      return job
    case .done(.split(let children, let stage)):
      return try transaction.fanOut(ticket, children: children, stage: stage, at: now)
    case .failed(let error, let delay):
      return try transaction.failJob(ticket, error, tryAgainIn: delay, at: now)
    case .cancelled: return try transaction.endCancelledJob(ticket, at: now)
    case .givenBack(let wait):
      return try transaction.giveBackJob(ticket, waiting: wait, at: now)
    case .lost: preconditionFailure("nothing is told of a job that is another's")
    }
  }

  /// Waits a moment; false once the job is lost, or the worker has stopped for too long.
  private func wait(_ pause: Duration, beforeTelling held: HeldJob) -> Bool {
    let isStopped = state.wait(atMost: pause) { $0.hurry != nil ? true : nil }
    return isStopped != true && !held.isStuck
  }

  /// Wakes the others: at once where they may have something to do, now and then for news.
  private func announce(isUrgent: Bool) {
    let now = setup.time.uptime
    let isTime = state.withLock { state in
      guard isUrgent || state.toldAt.map({ now - $0 >= .milliseconds(50) }) ?? true else {
        // Told at the latest when a slot has nothing to do: others may wait for the last end.
        state.owesWake = true
        return false
      }
      state.toldAt = now
      state.owesWake = false
      return true
    }
    if isTime { setup.wakeups.wake() }
  }

  /// Wakes the others for news that were held back.
  func wakeIfOwed() {
    let owes = state.withLock { state -> Bool in
      defer { state.owesWake = false }
      return state.owesWake
    }
    if owes { setup.wakeups.wake() }
  }

  /// Counts an ending.
  private func count(
    _ ending: JobEnding, _ job: Job?, unheard: Claim? = nil
  ) -> Acknowledged {
    state.withLock { state in
      switch ending {
      case .done(.completed): state.report.completed += 1
      case .done(.split): state.report.split += 1
      case .failed:
        if job?.state == .queued { state.report.retried += 1 } else { state.report.failed += 1 }
      case .cancelled: state.report.cancelled += 1
      case .givenBack: state.report.returned += 1
      case .lost: state.report.lost += 1
      }
    }
    var hasFailed = false
    if case .failed = ending { hasFailed = true }
    return Acknowledged(hasFailed: hasFailed, unheard: unheard)
  }
}

/// What a claim threw that came with another job's end.
private struct ClaimingFailure: Error {
  let error: any Error
}

/// What a job's own saving threw, told apart from what the store did.
private struct SavingFailure: Error {
  let error: any Error
}
