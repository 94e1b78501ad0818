/// A count of lanes, so that no burst of work turns into a burst of threads.
///
/// A lane's place in the count comes free when its thread has ended.
package final class LaneBudget: Sendable {
  /// A place in the count, given back with the value.
  private final class Ticket: Sendable {
    let budget: LaneBudget
    init(_ budget: LaneBudget) { self.budget = budget }
    deinit { budget.giveBack() }
  }

  private struct State {
    var free: Int
    var nextID: UInt64 = 0
    var waiting: [(id: UInt64, resumption: CheckedContinuation<Ticket?, Never>)] = []
  }

  /// How many lanes there may be at once.
  package let most: Int
  private let state: Monitor<State>

  /// A budget of so many lanes.
  package init(most: Int) {
    precondition(most > 0, "a budget is for at least one lane")
    self.most = most
    state = Monitor(State(free: most))
  }

  /// How many lanes there are.
  package var used: Int { most - state.withLock { $0.free } }

  /// How many tasks wait for a lane.
  package var waiting: Int { state.withLock { $0.waiting.count } }

  /// Starts a lane; `lane.exhausted` where there are as many as there may be.
  package func lane(named name: String) throws -> BlockingLane {
    guard let ticket = ticketAtOnce() else { throw LaneFailure(name: name, most: most) }
    return try BlockingLane(named: name, keeping: ticket)
  }

  /// Starts a lane as soon as there is room for it; waiters are served in their order.
  package func waitForLane(named name: String) async throws -> BlockingLane {
    guard let ticket = await ticketInTurn() else { throw CancellationError() }
    return try BlockingLane(named: name, keeping: ticket)
  }

  private func ticketAtOnce() -> Ticket? {
    let isFree = state.withLock { state in
      guard state.free > 0 else { return false }
      state.free -= 1
      return true
    }
    return isFree ? Ticket(self) : nil
  }

  /// A ticket when it is this task's turn; nil where the task is cancelled before.
  private func ticketInTurn() async -> Ticket? {
    let id = state.withLock { state in
      state.nextID += 1
      return state.nextID
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { resumption in
        enter(id, resumption)
      }
    } onCancel: {
      let resumption = state.withLock { state in
        let place = state.waiting.firstIndex { $0.id == id }
        return place.map { state.waiting.remove(at: $0).resumption }
      }
      resumption?.resume(returning: nil)
    }
  }

  private func enter(_ id: UInt64, _ resumption: CheckedContinuation<Ticket?, Never>) {
    enum Turn { case now, never, later }
    let turn = state.withLock { state in
      // Looked at inside the lock: a cancellation after this one finds the task in the list.
      if Task.isCancelled { return Turn.never }
      guard state.free == 0 else {
        state.free -= 1
        return .now
      }
      state.waiting.append((id, resumption))
      return .later
    }
    switch turn {
    case .now: resumption.resume(returning: Ticket(self))
    case .never: resumption.resume(returning: nil)
    case .later: break
    }
  }

  private func giveBack() {
    let next = state.withLock { state -> CheckedContinuation<Ticket?, Never>? in
      guard state.waiting.isEmpty else { return state.waiting.removeFirst().resumption }
      state.free += 1
      return nil
    }
    next?.resume(returning: Ticket(self))
  }
}

/// No lane was to be had.
package struct LaneFailure: Failure {
  package let code = FailureCode.laneExhausted
  package let message: String
  package let hint: String? = "let running work end first, or raise the number of lanes"
  package let cause: (any Error)? = nil

  init(name: String, most: Int) {
    message = "the lane \(name) cannot be had: all \(most) lanes are in use"
  }
}

extension FailureCode {
  /// All lanes are taken.
  package static let laneExhausted = FailureCode(
    "lane.exhausted", .unavailable, "More blocking work was asked for than the process may do.")
}
