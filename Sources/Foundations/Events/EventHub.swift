import Synchronization

/// The thin shell around an `EventLog`: a lock, and the tasks that wait for the next event.
final class EventHub<Event: Sendable>: Sendable {
  private struct State {
    var log: EventLog<Event>
    var waiting = SuspendedTasks()
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
      (body(&state.log), state.waiting.removeAll())
    }
    for task in waiting { task.resume() }
    return result
  }

  /// Returns when there may be news after `place`: an event, the end, or a cancellation.
  func waitForMore(after place: Int) async {
    let id = state.withLock { $0.waiting.newID() }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isReady = state.withLock { state in
          // Both are asked under the lock. An event that came since the question wakes nobody; a
          // cancellation shows before its handler runs, which then either finds the task here or
          // has not taken the lock yet.
          guard case .nothingYet = state.log.next(after: place), !Task.isCancelled else {
            return true
          }
          state.waiting.append(continuation, id: id)
          return false
        }
        if isReady { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiting.remove(id: id) }.resume()
    }
  }
}
