import Synchronization

/// Keeps a dead backend from being called, and from eating the attempts of work that needs it.
///
/// One for each backend, shared by all who call it. The decisions are `Circuit`'s.
package final class CircuitBreaker: Sendable {
  private struct State {
    var circuit: Circuit
    var lastError: (any Error)?
  }

  private let name: String
  private let time: any TimeSource
  private let onChange: @Sendable (Circuit.Phase) -> Void
  private let state: Mutex<State>

  /// A breaker for a backend whose name tells a person what and where it is.
  ///
  /// `onChange` is told of each new phase, for the log.
  package init(
    _ name: String, limits: Circuit.Limits = Circuit.Limits(), time: any TimeSource,
    onChange: @escaping @Sendable (Circuit.Phase) -> Void = { _ in }
  ) {
    self.name = name
    self.time = time
    self.onChange = onChange
    state = Mutex(State(circuit: Circuit(limits)))
  }

  /// Where the circuit stands.
  package var phase: Circuit.Phase { state.withLock { $0.circuit.phase } }

  /// Calls the backend, or throws `CircuitFailure` at once while the circuit is open.
  ///
  /// - Parameter countsAsOutage: Which failures speak of the backend's health; those of the kind
  ///   `unavailable`. A refusal for another reason is an answer, and shows that the backend lives.
  package nonisolated(nonsending) func call<Value>(
    countsAsOutage: (any Error) -> Bool = { $0.mayPass },
    _ work: nonisolated(nonsending) () async throws -> Value
  ) async throws -> Value {
    let pass = try enter()
    do {
      let value = try await work()
      change { $0.circuit.succeed(pass) }
      return value
    } catch {
      let now = time.uptime
      change { state in
        if Task.isCancelled || error.asFailure.kind == .cancelled {
          state.circuit.abandon(pass)
        } else if countsAsOutage(error) {
          state.lastError = error
          state.circuit.fail(pass, at: now)
        } else {
          state.circuit.succeed(pass)
        }
      }
      throw error
    }
  }

  private func enter() throws(CircuitFailure) -> Circuit.Pass {
    let now = time.uptime
    let (entry, cause) = change { ($0.circuit.enter(at: now), $0.lastError) }
    switch entry {
    case .pass(let pass): return pass
    case .refused(let wait):
      throw CircuitFailure(name: name, retryAfter: wait, at: time.now + wait, cause: cause)
    }
  }

  /// Changes the state under the lock, and tells of a new phase outside of it.
  private func change<Result: Sendable>(_ body: (inout State) -> Result) -> Result {
    let (result, news) = state.withLock { state -> (Result, Circuit.Phase?) in
      let before = state.circuit.phase
      let result = body(&state)
      let after = state.circuit.phase
      if after == .closed { state.lastError = nil }
      return (result, before == after ? nil : after)
    }
    if let news { onChange(news) }
    return result
  }
}

/// A call that was not made, because the backend failed too often of late.
package struct CircuitFailure: RetryAdvising {
  package let code = FailureCode.circuitOpen
  package let message: String
  package let hint: String? = "see whether it is up and can be reached from here"
  package let cause: (any Error)?
  package let retryAfter: Duration?

  init(name: String, retryAfter: Duration, at time: Timestamp, cause: (any Error)?) {
    let reason = (cause as? any Failure).map { ": \($0.message)" } ?? ""
    let (seconds, fraction) = retryAfter.components
    let wait = Duration.seconds(fraction > 0 ? seconds + 1 : seconds).exactText
    message =
      "\(name) has failed too often and will be tried again in \(wait), at \(time)\(reason)"
    self.cause = cause
    self.retryAfter = retryAfter
  }
}

extension FailureCode {
  /// A backend is left alone for a while.
  package static let circuitOpen = FailureCode(
    "circuit.open", .unavailable,
    "A backend failed several times in a row and is not called for a while; it may work later.")
}
