import Synchronization

/// Lets through at most one update in so much time; the last is never lost.
///
/// For receivers that cost something: a row in a database, an event on a socket. Updates arrive at
/// the receiver in order and one at a time, whichever threads report them.
package final class ProgressCoalescer: Sendable {
  private struct State {
    var waiting: ProgressUpdate?
    var deliveredAt: Duration?
    var isDelivering = false
    var isFinished = false
  }

  private let interval: Duration
  private let time: any TimeSource
  private let receive: @Sendable (ProgressUpdate) -> Void
  private let state = Mutex(State())

  /// Hands updates on to `receive`, with at least `interval` between two.
  package init(
    every interval: Duration, time: any TimeSource,
    _ receive: @escaping @Sendable (ProgressUpdate) -> Void
  ) {
    self.interval = interval
    self.time = time
    self.receive = receive
  }

  /// Where the work reports to.
  package var sink: ProgressSink { ProgressSink { self.report($0) } }

  /// Hands on what still waits, whatever the time.
  ///
  /// To be called when the work has ended; later reports are dropped.
  package func finish() {
    state.withLock { $0.isFinished = true }
    deliver()
  }

  private func report(_ update: ProgressUpdate) {
    let isOpen = state.withLock { state in
      guard !state.isFinished else { return false }
      state.waiting = update
      return true
    }
    if isOpen { deliver() }
  }

  /// One thread delivers and the others leave their update with it, so that the receiver runs
  /// outside the lock and still sees one update after the other.
  private func deliver() {
    while let update = next() {
      receive(update)
      state.withLock { $0.isDelivering = false }
    }
  }

  private func next() -> ProgressUpdate? {
    let now = time.uptime
    return state.withLock { state in
      guard let update = state.waiting, !state.isDelivering else { return nil }
      let isDue = state.deliveredAt.map { now - $0 >= interval } ?? true
      guard isDue || state.isFinished else { return nil }
      state.waiting = nil
      state.deliveredAt = now
      state.isDelivering = true
      return update
    }
  }
}
