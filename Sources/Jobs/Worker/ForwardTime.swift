import Foundations
import Synchronization

/// Wall time that is never set back, as the store's leases and due times ask for.
///
/// It follows the wall clock forward. Where that is set back, it goes on by the time that passes, so
/// that nothing waits for the hour to come again.
final class ForwardTime: Sendable {
  private struct Reading {
    var now: Timestamp
    var uptime: Duration
    var leaptAt: Duration?
  }

  // A wall clock that is steered runs a little faster or slower.
  private static let tolerance = Duration.seconds(1)
  private static let tries = 5

  private let source: any TimeSource
  private let last: Mutex<Reading>

  init(_ source: any TimeSource) {
    self.source = source
    let (now, uptime) = Self.read(source)
    last = Mutex(Reading(now: now, uptime: uptime))
  }

  var now: Timestamp {
    last.withLock { last in
      let (wall, uptime) = Self.read(source)
      let flowed = last.now + (uptime - last.uptime)
      if wall - flowed > Self.tolerance { last.leaptAt = uptime }
      last.now = max(wall, flowed)
      last.uptime = uptime
      return last.now
    }
  }

  /// How long ago the wall clock was set forward, as far as it was noticed.
  var sinceLeap: Duration? {
    _ = now
    return last.withLock { last in last.leaptAt.map { last.uptime - $0 } }
  }

  /// Both clocks at one moment: a process may be held up between the two.
  private static func read(_ source: any TimeSource) -> (Timestamp, Duration) {
    var (now, before) = (source.now, source.uptime)
    for _ in 0..<tries {
      now = source.now
      let after = source.uptime
      if after - before < .milliseconds(1) { return (now, after) }
      before = after
    }
    return (now, before)
  }
}
