import Synchronization

/// The thin shell around an `EventLog`: a lock, and those who wait for the next event.
final class EventHub<Event: Sendable>: Sendable {
  private struct State {
    var log: EventLog<Event>
    var nextToken = 0
    var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
    // Tokens of waits that were cancelled before they began.
    var cancelled: Set<Int> = []
  }

  private let state: Mutex<State>

  init(capacity: Int) { state = Mutex(State(log: EventLog(capacity: capacity))) }

  var lastNumber: Int { state.withLock { $0.log.last } }

  var waitingCount: Int { state.withLock { $0.waiting.count } }

  func place(after number: Int?) -> Int { state.withLock { $0.log.place(after: number) } }

  func next(after place: Int) -> EventLog<Event>.Answer {
    state.withLock { $0.log.next(after: place) }
  }

  func publish(_ event: Event) -> Int? { change { $0.append(event) } }

  func end() { change { $0.end() } }

  /// Changes the log under the lock, and wakes those who wait outside of it.
  private func change<Result: Sendable>(_ body: (inout EventLog<Event>) -> Result) -> Result {
    let (result, waiting) = state.withLock { state in
      let result = body(&state.log)
      let waiting = state.waiting
      state.waiting = [:]
      return (result, waiting)
    }
    for continuation in waiting.values { continuation.resume() }
    return result
  }

  /// Returns when there may be news after `place`: an event, the end, or a cancellation.
  func waitForMore(after place: Int) async {
    let token = state.withLock { state in
      state.nextToken += 1
      return state.nextToken
    }
    // A cancellation that comes after the waking must leave no mark behind.
    defer { state.withLock { _ = $0.cancelled.remove(token) } }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isReady = state.withLock { state in
          // An event may have come between the question and the wait; then it wakes nobody.
          if case .nothingYet = state.log.next(after: place), !state.cancelled.contains(token) {
            state.waiting[token] = continuation
            return false
          }
          return true
        }
        if isReady { continuation.resume() }
      }
    } onCancel: {
      let continuation = state.withLock { state in
        let continuation = state.waiting.removeValue(forKey: token)
        if continuation == nil { state.cancelled.insert(token) }
        return continuation
      }
      continuation?.resume()
    }
  }
}
