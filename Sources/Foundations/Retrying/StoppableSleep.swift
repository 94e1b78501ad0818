extension TimeSource {
  /// Waits, but no longer than until the flag is raised.
  ///
  /// Throws `StoppedFailure` then, and `CancellationError` when the task is cancelled.
  package nonisolated(nonsending) func sleep(
    for duration: Duration, unless stop: StopFlag?
  ) async throws {
    guard let stop else { return try await sleep(for: duration) }
    try stop.check()
    // A task of its own, because a flag can cancel a task and nothing smaller. It ends here: it is
    // awaited on every way out.
    let sleeper = Task { try await sleep(for: duration) }
    let token = stop.onStop { _ in sleeper.cancel() }
    defer { stop.removeAction(token) }
    do {
      try await withTaskCancellationHandler {
        try await sleeper.value
      } onCancel: {
        sleeper.cancel()
      }
    } catch is CancellationError {
      try stop.check()
      throw CancellationError()
    }
  }
}
