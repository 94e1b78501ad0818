import Glibc
// Holds the same C header; which of the two `timespec` comes from depends on the compiler's batches.
import SwiftOverlayShims

/// A state that threads take turns at, and whose changes they can wait for.
///
/// A POSIX mutex with its condition, in one safe shape: the state is reached only inside the lock.
/// It is for threads of our own (`OwnThread`, `BlockingLane`), which may stand still; code on
/// Swift's cooperative threads may use `withLock`, but must not wait. `Mutex` is enough, and
/// smaller, where nobody waits.
///
/// Unlike `Mutex`, which calls the kernel by itself, it is understood by the thread sanitizer.
package final class Monitor<State: ~Copyable>: @unchecked Sendable {
  // Sendable because `state` is only touched with `mutex` held, and the two pointers never change.
  // They are pointers because a mutex must not move, which Swift promises of no stored property.
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let condition: UnsafeMutablePointer<pthread_cond_t>
  private var state: State

  /// A monitor over a state that nobody else holds.
  package init(_ state: consuming sending State) {
    self.state = state
    mutex = .allocate(capacity: 1)
    condition = .allocate(capacity: 1)
    require(pthread_mutex_init(mutex, nil))
    var attributes = pthread_condattr_t()
    require(pthread_condattr_init(&attributes))
    // The wall clock may be set while somebody waits.
    require(pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC))
    require(pthread_cond_init(condition, &attributes))
    require(pthread_condattr_destroy(&attributes))
  }

  deinit {
    require(pthread_cond_destroy(condition))
    require(pthread_mutex_destroy(mutex))
    condition.deallocate()
    mutex.deallocate()
  }

  /// Reads or changes the state alone.
  ///
  /// A change that somebody may wait for needs `notify` after it.
  package func withLock<R: ~Copyable, E: Error>(
    _ body: (inout State) throws(E) -> sending R
  ) throws(E) -> sending R {
    require(pthread_mutex_lock(mutex))
    defer { require(pthread_mutex_unlock(mutex)) }
    return try body(&state)
  }

  /// Lets everybody who waits look at the state again.
  ///
  /// It takes the lock, so that it can be called after a change of something else that a waiter
  /// looks at, such as a stop flag: a waiter is either before its look or already waiting.
  package func notify() {
    require(pthread_mutex_lock(mutex))
    require(pthread_cond_broadcast(condition))
    require(pthread_mutex_unlock(mutex))
  }

  /// Waits until `body` gives something, and gives that; it looks once before it waits.
  ///
  /// `body` may change the state with what it takes: looking and taking are one step.
  package func wait<R: ~Copyable, E: Error>(
    until body: (inout State) throws(E) -> sending R?
  ) throws(E) -> sending R {
    require(pthread_mutex_lock(mutex))
    defer { require(pthread_mutex_unlock(mutex)) }
    while true {
      if let result = try body(&state) { return result }
      require(pthread_cond_wait(condition, mutex))
    }
  }

  /// Waits as the other `wait` does, at most so long; nil when the time is up.
  package func wait<R: ~Copyable, E: Error>(
    atMost time: Duration, until body: (inout State) throws(E) -> sending R?
  ) throws(E) -> sending R? {
    var deadline = Self.deadline(after: time)
    require(pthread_mutex_lock(mutex))
    defer { require(pthread_mutex_unlock(mutex)) }
    while true {
      if let result = try body(&state) { return result }
      let status = pthread_cond_timedwait(condition, mutex, &deadline)
      // One last look: the change may have come together with the deadline.
      if status == ETIMEDOUT { return try body(&state) }
      require(status)
    }
  }

  private static func deadline(after time: Duration) -> timespec {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    // A hundred years are for ever, and do not overflow.
    let (seconds, attoseconds) = min(max(time, .zero), .seconds(3_155_760_000)).components
    let nanoseconds = Int64(now.tv_nsec) + attoseconds / 1_000_000_000
    return timespec(
      tv_sec: now.tv_sec + Int(seconds + nanoseconds / 1_000_000_000),
      tv_nsec: Int(nanoseconds % 1_000_000_000))
  }

  // These calls fail only on misuse, such as unlocking what another thread has locked.
  private func require(_ status: Int32) {
    precondition(status == 0, "a monitor's call failed with \(status)")
  }
}
