import Model
import Synchronization

/// Lets the changes of one run that come at the same time be written together.
///
/// The first who comes serves itself at once; who comes meanwhile waits, and the first of those then
/// serves all of them. So nobody waits for company, and a hundred changes at once cost a few writes.
final class RunTurns: Sendable {
  // So that one write does not take for ever.
  private static let mostAtOnce = 128

  // A run is in here while somebody serves it.
  private let queues = Mutex<[RunID: [RunTurn]]>([:])

  /// How many changes of a run wait for the one that is being written.
  func waiting(for id: RunID) -> Int { queues.withLock { $0[id]?.count ?? 0 } }

  /// Has a change made, by this thread or by another, and returns when it is settled.
  func perform(_ turn: RunTurn, on id: RunID, _ serve: ([RunTurn]) -> Void) throws {
    let leads = queues.withLock { queues in
      if queues[id] == nil {
        queues[id] = []
        return true
      }
      queues[id]?.append(turn)
      return false
    }
    if !leads, let result = turn.wait() { return try result.get() }
    let others = queues.withLock { queues in
      let others = Array(queues[id, default: []].prefix(Self.mostAtOnce - 1))
      queues[id]?.removeFirst(others.count)
      return others
    }
    serve([turn] + others)
    passOn(id)
    guard let result = turn.wait() else { preconditionFailure("a served change is settled") }
    try result.get()
  }

  private func passOn(_ id: RunID) {
    let next = queues.withLock { queues -> RunTurn? in
      guard queues[id]?.isEmpty == false else {
        queues[id] = nil
        return nil
      }
      return queues[id]?.removeFirst()
    }
    next?.lead()
  }
}
