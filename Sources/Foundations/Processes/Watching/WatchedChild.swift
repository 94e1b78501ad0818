import Glibc

/// A child as the watching thread sees it; never leaves that thread.
final class WatchedChild {
  /// What of a child can be polled.
  enum Part { case process, input, output, errors }

  /// Where a child is on its way to its result.
  private enum Phase {
    /// Its own process runs.
    case running
    /// Its own process is over; the rest of its tree is being ended.
    case sweeping(looks: Int, since: ContinuousClock.Instant, next: ContinuousClock.Instant)
    /// Nobody is left who could write; what they wrote is being read.
    case draining(ending: ChildEnding, used: rusage, survivors: [Int32])
  }

  // Only a process stuck in the kernel, or another user's, outlives SIGKILL for so long.
  private static let longestSweep = Duration.seconds(2)
  // On a machine that is so busy that the time is up at the first look, nothing was killed yet.
  private static let fewestLooks = 8

  /// What its owner sees.
  let record: ChildRecord
  private let leader: ChildLeader
  private let startedAt: Duration
  private let inheritedPeak: Int64
  private var input: WatchedInput
  private var output: WatchedOutput
  private var errors: WatchedOutput
  private var plan: StopPlan
  private var tree: ProcessTree
  private var phase = Phase.running

  init(_ admission: ChildAdmission) {
    let (command, started) = (admission.command, admission.started)
    record = admission.record
    leader = ChildLeader(started.identity, started.process)
    startedAt = admission.startedAt
    inheritedPeak = admission.inheritedPeak
    input = WatchedInput(end: started.input, feed: record.input)
    output = WatchedOutput(command.output, end: started.output, feed: record.output)
    errors = WatchedOutput(command.errors, end: started.errors, feed: record.errors)
    plan = StopPlan(deadline: command.deadline, grace: command.grace, now: startedAt)
    tree = ProcessTree(leader: started.identity, mark: admission.mark)
  }

  private var isRunning: Bool { if case .running = phase { true } else { false } }
  private var isDraining: Bool { if case .draining = phase { true } else { false } }

  /// Somebody wants the child stopped.
  func stop(_ why: ChildStop, grace: Duration?, now: Duration) {
    // One that ended by itself a moment ago was not stopped.
    guard isRunning, !leader.isOver else { return }
    perform(plan.stop(why, grace: grace, now: now))
  }

  /// Time has passed.
  func advance(to now: Duration) {
    guard isRunning, !leader.isOver else { return }
    perform(plan.advance(to: now))
  }

  private func perform(_ step: StopPlan.Step?) {
    if let step { leader.perform(step) }
  }

  /// When `advance` has something to do next.
  var nextDue: Duration? { isRunning ? plan.nextDue : nil }

  /// When the oldest process that can belong to the tree started.
  var startTicks: UInt64 { leader.identity.startTicks }

  /// When the process table should be looked at on this child's account.
  var nextLook: ContinuousClock.Instant? {
    if case .sweeping(_, _, let next) = phase { next } else { nil }
  }

  /// Takes a look at the process table; once the leader is over, ends what is left of its tree.
  func observe(_ table: ProcessTable, at now: ContinuousClock.Instant) {
    switch phase {
    case .running: _ = tree.observe(table, leaderIsOver: false)
    case .draining: break
    case .sweeping(let looks, let since, _):
      let left = tree.observe(table, leaderIsOver: true)
      let isEnough = looks >= Self.fewestLooks && now - since >= Self.longestSweep
      if left.isEmpty || isEnough { return endSweep(leaving: left) }
      leader.perform(.kill)
      for entry in left { entry.identity.signal(SIGKILL) }
      // Killed processes take a moment to go; they may have started others in it.
      let pause = Duration.milliseconds(1 << min(looks, 6))
      phase = .sweeping(looks: looks + 1, since: since, next: now + pause)
    }
  }

  private func endSweep(leaving left: [ProcessEntry]) {
    let (ending, used) = leader.takeStatus()
    phase = .draining(ending: ending, used: used, survivors: left.map(\.identity.number))
  }

  /// What to poll for.
  var wishes: [(part: Part, wish: pollfd)] {
    var wishes: [(part: Part, wish: pollfd)] = []
    if let wish = input.wish { wishes.append((.input, wish)) }
    if isRunning {
      wishes.append((.process, pollfd(fd: leader.descriptor, events: Int16(POLLIN), revents: 0)))
    }
    // What is left in the pipes of a child that is gone is read by `settle`.
    if !isDraining {
      if let wish = output.wish { wishes.append((.output, wish)) }
      if let wish = errors.wish { wishes.append((.errors, wish)) }
    }
    return wishes
  }

  /// The poll has answered.
  func handle(
    _ part: Part, _ events: Int32, at now: ContinuousClock.Instant, _ buffer: inout [UInt8]
  ) {
    switch part {
    case .process:
      phase = .sweeping(looks: 0, since: now, next: now)
      input.close()
    case .input: input.handle(events)
    case .output: output.read(&buffer)
    case .errors: errors.read(&buffer)
    }
  }

  /// Does what follows from the streams: closes an input that is through, reads the rest of a
  /// child that is gone, kills one that wrote more than it may.
  func settle(now: Duration, _ buffer: inout [UInt8]) {
    input.settle()
    if isDraining {
      output.drain(&buffer)
      errors.drain(&buffer)
    }
    for (stream, watched) in [(ChildStream.output, output), (.errors, errors)]
    where watched.isOverLimit {
      let step = plan.stop(.outputLimit(stream), grace: .zero, now: now)
      if isRunning { perform(step) }
    }
  }

  /// The result, once everything has ended.
  func result(now: Duration) -> ChildResult? {
    guard case .draining(let ending, let used, let survivors) = phase, output.isEnded,
      errors.isEnded
    else { return nil }
    let usage = ChildUsage(used, tree, inheritedPeak: inheritedPeak, wall: now - startedAt)
    return ChildResult(
      tool: record.tool, ending: ending, stopped: plan.why, output: output.kept,
      errors: errors.kept, usage: usage, survivors: survivors)
  }
}
