import Synchronization

/// Why work was told to stop.
package enum StopReason: Sendable, Equatable {
  /// Its owner no longer wants it.
  case cancelled
  /// Its time is up.
  case deadline
  /// A signal (SIGINT, SIGTERM) reached the process.
  case signal(Int32)
}

/// A flag that long work polls, and that C libraries poll through their own hooks.
///
/// Cancellation is a flag and not a one-shot interrupt, because an interrupt that arrives before
/// the call it is meant for is lost. A flag can have a parent: it is stopped as soon as that is.
package final class StopFlag: Sendable {
  private struct State {
    var reason: StopReason?
    var nextToken = 0
    var tokenAtParent: Int?
    var actions: [Int: @Sendable (StopReason) -> Void] = [:]
  }

  // Beside the mutex, so that a poll from a decoder's inner loop is one relaxed load.
  private let raised = Atomic<Bool>(false)
  private let state = Mutex(State())
  private let parent: StopFlag?

  /// A flag nobody has raised yet; with a parent, it is also raised when that is.
  package init(under parent: StopFlag? = nil) {
    self.parent = parent
    guard let parent else { return }
    let token = parent.onStop { [weak self] reason in self?.stop(reason) }
    state.withLock { $0.tokenAtParent = token }
  }

  // A long-lived parent must not gather the actions of children that are gone.
  deinit { parent?.removeAction(state.withLock { $0.tokenAtParent }) }

  /// Whether the work should end.
  package var isStopped: Bool { raised.load(ordering: .acquiring) }

  /// Why, once stopped.
  package var reason: StopReason? { state.withLock { $0.reason } }

  /// Raises the flag and runs what waits for it, in the order it came.
  ///
  /// The first reason stays.
  package func stop(_ reason: StopReason = .cancelled) {
    let actions = state.withLock { state -> [@Sendable (StopReason) -> Void] in
      guard state.reason == nil else { return [] }
      state.reason = reason
      raised.store(true, ordering: .releasing)
      defer { state.actions = [:] }
      return state.actions.sorted { $0.key < $1.key }.map(\.value)
    }
    for action in actions { action(reason) }
  }

  /// Throws once the flag is raised.
  package func check() throws(StoppedFailure) {
    guard isStopped else { return }
    throw StoppedFailure(reason ?? .cancelled)
  }

  /// Runs `action` when the flag is raised, at once if it already is; the token takes it back.
  @discardableResult
  package func onStop(_ action: @escaping @Sendable (StopReason) -> Void) -> Int? {
    let (token, already) = state.withLock { state -> (Int?, StopReason?) in
      if let reason = state.reason { return (nil, reason) }
      state.nextToken += 1
      state.actions[state.nextToken] = action
      return (state.nextToken, nil)
    }
    if let already { action(already) }
    return token
  }

  /// Takes an action back that has not run; one that runs at this moment is not waited for.
  package func removeAction(_ token: Int?) {
    guard let token else { return }
    state.withLock { $0.actions[token] = nil }
  }
}

/// The work ended because its stop flag was raised.
package struct StoppedFailure: Failure {
  /// Why it was raised.
  package let reason: StopReason

  /// The failure for a reason.
  package init(_ reason: StopReason) { self.reason = reason }

  package var code: FailureCode { reason == .deadline ? .deadlinePassed : .stopped }
  package var message: String {
    switch reason {
    case .cancelled: "cancelled"
    case .deadline: "stopped because its time was up"
    case .signal(let number): "stopped by signal \(number)"
    }
  }
  package var hint: String? { nil }
  package var cause: (any Error)? { nil }
}

extension FailureCode {
  /// The work was told to stop.
  package static let stopped = FailureCode(
    "stopped", .cancelled, "The work was cancelled or interrupted; nothing half done remains.")
  /// The work ran out of the time it was given.
  package static let deadlinePassed = FailureCode(
    "deadline.passed", .unavailable, "The work took longer than it was given.", httpStatus: 503)
}
