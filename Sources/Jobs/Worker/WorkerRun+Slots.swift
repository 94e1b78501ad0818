import Foundations
import Model

/// The threads that take jobs and do them.
extension WorkerRun {
  func serve() {
    var hasWorked = false
    while takeTurn(atOnce: hasWorked) {
      hasWorked = false
      guard let held = claim() else { continue }
      offerTurnIfIdle()
      perform(held)
      hasWorked = true
    }
  }

  /// Waits until it is time to look for a job; false where no more are taken.
  private func takeTurn(atOnce: Bool) -> Bool {
    let (needsTurns, stop) = (options.memory != nil, stop)
    return state.wait { state -> Bool? in
      if state.isStopping || stop.isStopped {
        if atOnce { state.between -= 1 }
        return false
      }
      // Two that look at once would each think all of the memory free.
      if needsTurns && state.looking > 0 { return nil }
      if atOnce {
        state.between -= 1
      } else {
        guard state.isTurnOffered else { return nil }
        state.isTurnOffered = false
      }
      state.looking += 1
      return true
    }
  }

  /// Who has found a job lets the next slot look, so that one wake-up does not set all looking.
  private func offerTurnIfIdle() {
    let isAny = state.withLock { state in
      state.isTurnOffered = true
      return state.held.count + state.looking < options.slots
    }
    if isAny || options.memory != nil { state.notify() }
  }

  private func claim() -> HeldJob? {
    let wakes = state.withLock { $0.wakes }
    let (held, askedAt) = ask()
    let (isNews, hurry) = state.withLock { state -> (Bool, StopReason?) in
      state.looking -= 1
      if let held {
        state.held[held.ticket] = held
        // A wish that was told meanwhile was told to nobody.
        state.isUnheard = state.isUnheard || state.wakes != wakes
      } else if let askedAt {
        state.nothingAt = max(state.nothingAt ?? askedAt, askedAt)
      }
      if state.isQuiet { state.quiets += 1 }
      let isFirst = held != nil && state.held.count == 1
      let isNews = isFirst || state.isQuiet || state.isStopping || state.isUnheard
      return (isNews, state.hurry)
    }
    if isNews || options.memory != nil { state.notify() }
    if held == nil { wakeIfOwed() }
    if let hurry { held?.end(.workerStops, hurry) }
    return held
  }

  /// Asks the store for a job, again and again by the same claim where the answer was lost; and tells
  /// by which time it was asked.
  private func ask() -> (HeldJob?, Timestamp?) {
    guard let claim = newClaim() else { return (nil, clock.now) }
    let uptime = setup.time.uptime
    var pause = Self.firstPause
    while true {
      let now = clock.now
      do {
        guard let job = try store.writeJobs({ try $0.claimJob(claim, at: now) }),
          let kind = setup.kinds[job.kind]
        else { return (nil, now) }
        return (HeldJob(job, kind, at: uptime, time: setup.time), nil)
      } catch {
        log.warning("no job could be claimed", because: error)
        let isStopping = state.wait(atMost: pause) { $0.isStopping ? true : nil }
        guard error.mayPass, isStopping == nil else { return (nil, nil) }
        pause = min(pause * 2, Self.longestPause)
      }
    }
  }

  private func newClaim() -> Claim? {
    let now = setup.time.uptime
    let (pauses, memory) = state.withLock { ($0.pauses, $0.memory) }
    let kinds = Set(setup.kinds.keys.filter { pauses[$0].map { $0 <= now } ?? true })
    if kinds.isEmpty { return nil }
    var claim = Claim(
      id: ClaimID(setup.ids.uuid()), worker: options.name, lease: options.lease)
    claim.kinds = kinds
    claim.queues = options.queues
    claim.capabilities = options.capabilities
    claim.runningAtMost = setup.kinds.compactMapValues(\.runsAtMost)
    claim.runningAtMostPerUser = options.perUser
    claim.memoryAtMost = options.memory.map { max(0, $0 - memory) }
    return claim
  }

  private func perform(_ held: HeldJob) {
    let desk = JobDesk(setup.scratch, kind: held.kind.name)
    let context = context(of: held, desk)
    held.meter.begin()
    let result = Result { () throws -> JobOutcome in
      try held.stop.check()
      return try held.kind.run(context)
    }
    held.meter.end()
    if held.endRun() { state.withLock { $0.report.stuck.removeAll { $0 == held.job.id } } }
    let hasFailed = acknowledge(held, result, context.log)
    clear(desk, of: held, keeping: hasFailed && held.kind.keepsScratch)
    let isNews = state.withLock { state in
      state.held[held.ticket] = nil
      state.between += 1
      // The slot looks for the next at once.
      return state.isStopping || options.memory != nil
    }
    if isNews { state.notify() }
  }

  private func context(of held: HeldJob, _ desk: JobDesk) -> JobContext {
    let job = held.job
    var log = log.with([
      "job": .string(job.id.text), "kind": .string(job.kind), "attempt": .int(job.attempts),
    ])
    if let name = FileName(text: job.id.text) {
      log = log.also(to: setup.logs.log(of: name), from: .debug)
    }
    return JobContext(
      job: job, stop: held.stop, log: log, held: held, desk: desk, store: store, ids: setup.ids)
  }

  private func clear(_ desk: JobDesk, of held: HeldJob, keeping: Bool) {
    do {
      guard let kept = try desk.clear(keeping: keeping) else { return }
      log.notice(
        "the scratch folder of a failed job is kept",
        ["job": .string(held.job.id.text), "path": .string(kept.text)])
    } catch {
      log.warning("a scratch folder could not be kept", because: error)
    }
  }
}
