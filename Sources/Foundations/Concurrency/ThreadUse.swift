import Glibc
// Holds the same C header; which of the two `timespec` comes from depends on the compiler's batches.
import SwiftOverlayShims

/// How much CPU a thread has used, which other threads may ask.
package struct ThreadUse: Sendable {
  private let clock: clockid_t

  /// The use of the thread that asks.
  package static func ofThisThread() -> ThreadUse {
    var clock = clockid_t()
    // It fails only for threads that do not exist.
    pthread_getcpuclockid(pthread_self(), &clock)
    return ThreadUse(clock: clock)
  }

  /// CPU seconds since the thread began; nil once it has ended.
  package var cpuSeconds: Double? {
    var time = timespec()
    guard clock_gettime(clock, &time) == 0 else { return nil }
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1_000_000_000
  }
}
