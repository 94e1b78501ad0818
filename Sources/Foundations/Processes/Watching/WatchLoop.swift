import Glibc

/// The work of the watching thread, turn by turn; never leaves it.
///
/// One thread waits for the ends of all children, moves their input and output, keeps their
/// deadlines and samples their trees. Nothing in a turn blocks but the wait at its end.
struct WatchLoop {
  // How long a deadline on a clock that is not the system's may go unnoticed, and how often the
  // trees are sampled.
  private static let tick = Duration.milliseconds(100)
  // Looking at the table may take this share of the thread's time.
  private static let samplingShare = 20

  private let watch: ChildWatch
  private let clock = ContinuousClock()
  private var children: [Int: WatchedChild] = [:]
  private var waitingForIdle: [Doorbell] = []
  private var scanner = ProcessScanner()
  private var nextSample: ContinuousClock.Instant
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)

  init(_ watch: ChildWatch) {
    self.watch = watch
    nextSample = clock.now
  }

  /// Does all that is due, then waits for the next thing to happen.
  mutating func turn() {
    for request in watch.takeRequests() { handle(request) }
    let now = watch.time.uptime
    for child in children.values { child.advance(to: now) }
    look()
    for child in children.values { child.settle(now: now, &buffer) }
    retire()
    wait()
  }

  private mutating func handle(_ request: ChildWatch.Request) {
    let now = watch.time.uptime
    switch request {
    case .admit(let id, let admission):
      if children.isEmpty { nextSample = clock.now + Self.tick / 10 }
      children[id] = WatchedChild(admission)
    case .stop(let id, let why, let grace): children[id]?.stop(why, grace: grace, now: now)
    case .stopAll(let why, let grace):
      for child in children.values { child.stop(why, grace: grace, now: now) }
    case .tellWhenIdle(let bell): waitingForIdle.append(bell)
    }
  }

  /// Looks at the process table if it is time to, for all children at once.
  private mutating func look() {
    let before = clock.now
    let isSweepDue = children.values.contains { $0.nextLook.map { $0 <= before } ?? false }
    guard !children.isEmpty, isSweepDue || nextSample <= before else { return }
    let oldest = children.values.map(\.startTicks).min() ?? 0
    let table = scanner.scan(marksSince: oldest, anew: isSweepDue)
    let after = clock.now
    for child in children.values { child.observe(table, at: after) }
    nextSample = after + max(Self.tick, (after - before) * Self.samplingShare)
  }

  /// Lets go of the children that are through.
  private mutating func retire() {
    let now = watch.time.uptime
    let over = children.compactMap { id, child in
      child.result(now: now).map { (id: id, record: child.record, result: $0) }
    }
    // First let go of all: who has waited for a child finds its descriptors closed.
    for child in over { children[child.id] = nil }
    for child in over { child.record.finish(child.result) }
    if children.isEmpty {
      for bell in waitingForIdle { bell.ring() }
      waitingForIdle = []
    }
  }

  private mutating func wait() {
    var owners: [(child: WatchedChild, part: WatchedChild.Part)] = []
    var wishes = [pollfd(fd: watch.bell.descriptor, events: Int16(POLLIN), revents: 0)]
    for child in children.values {
      for (part, wish) in child.wishes {
        owners.append((child, part))
        wishes.append(wish)
      }
    }
    // A failed or interrupted poll is a turn without events.
    guard poll(&wishes, nfds_t(wishes.count), timeout) > 0 else { return }
    if wishes[0].revents != 0 { watch.bell.answer() }
    let now = clock.now
    for (owner, wish) in zip(owners, wishes.dropFirst()) where wish.revents != 0 {
      owner.child.handle(owner.part, Int32(wish.revents), at: now, &buffer)
    }
  }

  /// Milliseconds until something is due; forever where there is no child.
  private var timeout: Int32 {
    if children.isEmpty { return -1 }
    let (uptime, now) = (watch.time.uptime, clock.now)
    let due = children.values.flatMap { child in
      [child.nextDue.map { $0 - uptime }, child.nextLook.map { $0 - now }].compactMap { $0 }
    }
    let wait = due.min().map { min($0, Self.tick) } ?? Self.tick
    let (seconds, attoseconds) = max(wait, .zero).components
    // Rounded up: waking a little early would mean turning in vain.
    return Int32(seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
  }
}
