/// Whether a backend is called, decided from how its last calls went.
///
/// A pure value: it is told of calls and of the time, and holds no clock and no lock. While it is
/// closed, calls pass. After enough failures within a window it opens and refuses all calls for a
/// pause. Then it is half open: one call passes as a probe; its success closes the circuit, its
/// failure opens it again.
package struct Circuit: Sendable {
  /// When it opens, and for how long.
  package struct Limits: Sendable, Equatable {
    /// How many failures open it.
    package let failures: Int
    /// How close together they have to be.
    package let window: Duration
    /// How long it stays open before a probe.
    package let pause: Duration

    /// Limits; the defaults suit a service on the network.
    package init(
      failures: Int = 5, window: Duration = .seconds(60), pause: Duration = .seconds(30)
    ) {
      precondition(failures >= 1 && window > .zero && pause > .zero, "limits that can be reached")
      self.failures = failures
      self.window = window
      self.pause = pause
    }
  }

  /// Where it stands; times are those of `TimeSource.uptime`.
  package enum Phase: Sendable, Equatable {
    /// Calls pass.
    case closed
    /// Calls are refused until then.
    case open(until: Duration)
    /// One call at a time passes as a probe.
    case halfOpen
  }

  /// The right to one call, to be given back by `succeed`, `fail` or `abandon`.
  package struct Pass: Sendable, Equatable {
    // Results of calls that began in an earlier phase are late news and change nothing.
    fileprivate let generation: Int
  }

  /// The answer to a caller.
  package enum Entry: Sendable, Equatable {
    /// It may call.
    case pass(Pass)
    /// It may not, for so long.
    case refused(for: Duration)
  }

  /// Where it stands.
  package private(set) var phase = Phase.closed
  /// The limits it was made with.
  package let limits: Limits
  private var failures: [Duration] = []
  private var generation = 0
  private var probeBegan: Duration?

  /// A closed circuit.
  package init(_ limits: Limits = Limits()) { self.limits = limits }

  /// Asks to make a call.
  package mutating func enter(at now: Duration) -> Entry {
    switch phase {
    case .closed: return .pass(Pass(generation: generation))
    case .open(let until) where now < until: return .refused(for: until - now)
    case .open: return probe(at: now)
    case .halfOpen:
      // A probe that is not heard of for a whole pause counts as lost, and another takes its place.
      guard let began = probeBegan, now < began + limits.pause else { return probe(at: now) }
      return .refused(for: began + limits.pause - now)
    }
  }

  private mutating func probe(at now: Duration) -> Entry {
    move(to: .halfOpen)
    probeBegan = now
    return .pass(Pass(generation: generation))
  }

  /// The call went well.
  package mutating func succeed(_ pass: Pass) {
    guard pass.generation == generation, phase == .halfOpen else { return }
    move(to: .closed)
  }

  /// The call failed in a way that tells of the backend's health.
  package mutating func fail(_ pass: Pass, at now: Duration) {
    guard pass.generation == generation else { return }
    if phase == .closed {
      failures.append(now)
      failures.removeAll { $0 <= now - limits.window }
      guard failures.count >= limits.failures else { return }
    }
    move(to: .open(until: now + limits.pause))
  }

  /// The call ended without telling anything of the backend, as when its caller was cancelled.
  package mutating func abandon(_ pass: Pass) {
    guard pass.generation == generation else { return }
    probeBegan = nil
  }

  private mutating func move(to next: Phase) {
    phase = next
    generation += 1
    probeBegan = nil
    failures = []
  }
}
