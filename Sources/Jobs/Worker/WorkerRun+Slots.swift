import Foundations
import Model

/// The threads that take jobs and do them.
extension WorkerRun {
  func serve() {
    var after = AfterJob.idle
    while true {
      let held: HeldJob?
      switch after {
      case .next(let next): held = next
      case .between(let unheard):
        guard takeTurn(atOnce: true) else { return }
        held = claim(unheard)
      case .idle:
        guard takeTurn(atOnce: false) else { return }
        held = claim(nil)
      }
      after = .idle
      guard let held else { continue }
      offerTurnIfIdle()
      after = perform(held)
    }
  }

  /// How a slot goes on after a job.
  private enum AfterJob {
    /// With the job that it was given with the end of the last.
    case next(HeldJob)
    /// It looks for another at once, by the question whose answer it has not heard, if there is one.
    case between(Claim?)
    /// It waits until it is its turn to look.
    case idle
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

  private func claim(_ unheard: Claim?) -> HeldJob? {
    let wakes = state.withLock { $0.wakes }
    let (held, askedAt) = ask(unheard)
    return settle(held, askedAt, since: wakes, after: nil)
  }

  /// Notes what a look for a job has found, and, where it came with the end of another, that end;
  /// `wakes` is how often anything had changed before.
  private func settle(
    _ held: HeldJob?, _ askedAt: Timestamp?, since wakes: Int, after last: HeldJob?
  ) -> HeldJob? {
    let (isNews, hurry) = state.withLock { state -> (Bool, StopReason?) in
      state.looking -= 1
      if let last { state.held[last.ticket] = nil }
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
  private func ask(_ unheard: Claim?) -> (HeldJob?, Timestamp?) {
    guard let claim = unheard ?? newClaim() else { return (nil, clock.now) }
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

  func newClaim() -> Claim? {
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

  /// The claim that goes with a job's end, so that both are one write; nil where the slot is to look
  /// by itself.
  private func claimAtEnd() -> Claim? {
    // What the jobs of a worker with bounded memory take is known only once this one has gone.
    guard options.memory == nil, let claim = newClaim() else { return nil }
    return state.withLock { state in
      if state.isStopping || stop.isStopped { return nil }
      state.looking += 1
      return claim
    }
  }

  private func perform(_ held: HeldJob) -> AfterJob {
    let desk = JobDesk(setup.scratch, kind: held.kind.name)
    let context = context(of: held, desk)
    held.meter.begin()
    let result = Result { () throws -> JobOutcome in
      try held.stop.check()
      return try held.kind.run(context)
    }
    held.meter.end()
    if held.endRun() { state.withLock { $0.report.stuck.removeAll { $0 == held.job.id } } }
    if case .failure(let error) = result { note(error, of: held, context.log) }
    let wakes = state.withLock { $0.wakes }
    let claim = claimAtEnd()
    let told = acknowledge(held, result, claiming: claim, context.log)
    let keepsScratch = told.hasFailed && held.kind.keepsScratch
    if told.hasAsked {
      let next = settle(told.next, told.askedAt, since: wakes, after: held)
      clear(desk, of: held, keeping: keepsScratch)
      return next.map { .next($0) } ?? .idle
    }
    clear(desk, of: held, keeping: keepsScratch)
    let isNews = state.withLock { state in
      if claim != nil { state.looking -= 1 }
      state.held[held.ticket] = nil
      state.between += 1
      // The slot looks for the next at once.
      return state.isStopping || options.memory != nil
    }
    if isNews { state.notify() }
    return .between(told.unheard)
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
