import Glibc
// Holds the same C header; which of the two `timespec` comes from depends on the compiler's batches.
import SwiftOverlayShims

/// Where time comes from: the system's clocks, or a test's hands.
///
/// Passed to everything that waits, expires or stamps, so that tests of time never sleep.
package protocol TimeSource: Sendable {
  /// Wall-clock time, for stamps. It may jump; never measure with it.
  var now: Timestamp { get }
  /// Time since an arbitrary start that only goes forward, for measuring and deadlines.
  var uptime: Duration { get }
  /// Waits; throws `CancellationError` when the task is cancelled meanwhile.
  func sleep(for duration: Duration) async throws
}

/// The system's own clocks.
package struct SystemTime: TimeSource {
  /// The clocks of this machine.
  package init() {}

  package var now: Timestamp {
    let (seconds, nanoseconds) = Self.read(CLOCK_REALTIME)
    return Timestamp(microseconds: seconds * 1_000_000 + nanoseconds / 1_000)
  }

  package var uptime: Duration {
    // BOOTTIME and not MONOTONIC: a lease must lapse while the machine is suspended.
    let (seconds, nanoseconds) = Self.read(CLOCK_BOOTTIME)
    return .seconds(seconds) + .nanoseconds(nanoseconds)
  }

  package func sleep(for duration: Duration) async throws { try await Task.sleep(for: duration) }

  private static func read(_ clock: clockid_t) -> (Int64, Int64) {
    var time = timespec()
    clock_gettime(clock, &time)
    return (Int64(time.tv_sec), Int64(time.tv_nsec))
  }
}
