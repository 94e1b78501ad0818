import Synchronization

/// Time that moves only when told to.
package final class ManualTime: TimeSource {
  private struct Sleeper {
    let wakesAt: Duration
    let continuation: CheckedContinuation<Void, any Error>
  }

  private struct State {
    var now: Timestamp
    var uptime = Duration.zero
    var nextToken = 0
    var sleepers: [Int: Sleeper] = [:]
    var cancelled: Set<Int> = []
    var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
  }

  private let state: Mutex<State>

  /// Time that stands still at a point; 2026-01-01T00:00:00Z unless told otherwise.
  package init(startingAt now: Timestamp = Timestamp(microseconds: 1_767_225_600_000_000)) {
    state = Mutex(State(now: now))
  }

  package var now: Timestamp { state.withLock { $0.now } }
  package var uptime: Duration { state.withLock { $0.uptime } }

  /// Moves both clocks forward and wakes whoever has slept enough.
  package func advance(by duration: Duration) {
    let woken = state.withLock { state in
      state.now = state.now + duration
      state.uptime += duration
      let uptime = state.uptime
      let due = state.sleepers.filter { $0.value.wakesAt <= uptime }
      for token in due.keys { state.sleepers[token] = nil }
      return due.values.sorted { $0.wakesAt < $1.wakesAt }
    }
    for sleeper in woken { sleeper.continuation.resume() }
  }

  /// Sets the wall clock, forward or back, as an administrator might; uptime goes on.
  package func setWallClock(to now: Timestamp) { state.withLock { $0.now = now } }

  /// Returns once at least `count` tasks are asleep, so that a test advances at the right moment.
  package func waitForSleepers(_ count: Int) async {
    await withCheckedContinuation { continuation in
      let ready = state.withLock { state in
        if state.sleepers.count >= count { return true }
        state.watchers.append((count, continuation))
        return false
      }
      if ready { continuation.resume() }
    }
  }

  package func sleep(for duration: Duration) async throws {
    let token = state.withLock { state in
      state.nextToken += 1
      return state.nextToken
    }
    // A cancellation that comes after the waking must leave no mark behind.
    defer { state.withLock { _ = $0.cancelled.remove(token) } }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        enter(token, for: duration, continuation)
      }
    } onCancel: {
      cancel(token)
    }
  }

  private func enter(
    _ token: Int, for duration: Duration, _ continuation: CheckedContinuation<Void, any Error>
  ) {
    var ready: [CheckedContinuation<Void, Never>] = []
    let outcome: Result<Void, any Error>? = state.withLock { state in
      // The cancellation may have come before the sleeper lay down.
      if state.cancelled.remove(token) != nil { return .failure(CancellationError()) }
      if duration <= .zero { return .success(()) }
      state.sleepers[token] = Sleeper(
        wakesAt: state.uptime + duration, continuation: continuation)
      let count = state.sleepers.count
      ready = state.watchers.filter { $0.count <= count }.map(\.continuation)
      state.watchers.removeAll { $0.count <= count }
      return nil
    }
    if let outcome { continuation.resume(with: outcome) }
    for watcher in ready { watcher.resume() }
  }

  private func cancel(_ token: Int) {
    let sleeper = state.withLock { state in
      guard let sleeper = state.sleepers.removeValue(forKey: token) else {
        state.cancelled.insert(token)
        return Sleeper?.none
      }
      return sleeper
    }
    sleeper?.continuation.resume(throwing: CancellationError())
  }
}
