import Foundations

/// A change that somebody waits for.
final class RunTurn: Sendable {
  private enum State {
    case waiting
    case leading
    case settled(Result<Void, any Error>)
  }

  let apply: @Sendable (inout OpenRun) throws -> Void
  private let state = Monitor(State.waiting)

  init(_ apply: @escaping @Sendable (inout OpenRun) throws -> Void) { self.apply = apply }

  /// Says how it went; what was said first holds.
  func settle(_ result: Result<Void, any Error>) {
    state.withLock { state in
      if case .settled = state { return }
      state = .settled(result)
    }
    state.notify()
  }

  /// Makes its thread the one that serves all who wait.
  func lead() {
    state.withLock { if case .waiting = $0 { $0 = .leading } }
    state.notify()
  }

  /// Waits; nil where its thread is to serve now.
  func wait() -> Result<Void, any Error>? {
    state.wait { state -> Result<Void, any Error>?? in
      switch state {
      case .waiting: nil
      case .leading: .some(nil)
      case .settled(let result): .some(result)
      }
    }
  }
}
