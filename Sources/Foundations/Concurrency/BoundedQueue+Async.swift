extension BoundedQueue where Element: ~Copyable {
  /// How many tasks are suspended at it at the moment.
  package var suspended: Int {
    monitor.withLock { state in state.takers.count + state.putters.count }
  }

  /// Puts an element in; suspends the task while the queue is full, until it is cancelled.
  ///
  /// Otherwise as the blocking `put`.
  package func put(_ element: consuming Element) async throws {
    var held: Element? = consume element
    while true {
      let taker = try monitor.withLock { state in try enter(&held, &state) }
      if let taker {
        monitor.notify()
        taker.resume()
        return
      }
      try await suspend(.putting)
    }
  }

  /// Takes the first element out; suspends the task while there is none, until it is cancelled.
  ///
  /// Otherwise as the blocking `take`.
  package func take() async throws -> Element? {
    while true {
      let taken = try monitor.withLock { state in try leave(&state) }
      if let taken {
        monitor.notify()
        taken.putter.resume()
        return taken.element
      }
      try await suspend(.taking)
    }
  }

  /// Suspends the task until the queue has changed for its side.
  ///
  /// Whoever is woken looks first and only then heeds a cancellation, so that a wake-up is never
  /// lost on a task that goes away with it.
  private func suspend(_ side: Side) async throws {
    try Task.checkCancellation()
    let id = monitor.withLock { state in state[side].newID() }
    await withTaskCancellationHandler {
      await withCheckedContinuation { resumption in
        let isSuspended = monitor.withLock { state in
          // Looked at inside the lock: a change, a stop or a cancellation after this one finds the
          // task in the list.
          guard state.mustWait(side), stop?.isStopped != true, !Task.isCancelled else {
            return false
          }
          state[side].append(resumption, id: id)
          return true
        }
        if !isSuspended { resumption.resume() }
      }
    } onCancel: {
      monitor.withLock { state in state[side].remove(id: id) }.resume()
    }
  }
}
