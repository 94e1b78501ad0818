import CSQLite
import Foundations

/// What SQLite asks of us while it works: whether to go on, and whether to wait for a lock.
///
/// Its callbacks hold it by address, so it lives as long as the connection. Only the thread that
/// uses the connection touches it.
final class Patience {
  /// The flag that ends the work under way.
  var stop: StopFlag?
  /// Whether the statement under way must not be interrupted in its middle.
  var isDeaf = false
  /// How long a lock of another program is waited for.
  var lockedAtMost: Duration
  private var waitedSince: Duration?

  init(lockedAtMost: Duration) { self.lockedAtMost = lockedAtMost }

  /// Registers both callbacks.
  func install(on handle: OpaquePointer) {
    let context = Unmanaged.passUnretained(self).toOpaque()
    // Some thousand steps of its machine are some 50 µs: soon enough, and for nothing.
    sqlite3_progress_handler(
      handle, 4_000,
      { context in
        guard let context else { return 0 }
        let patience = Unmanaged<Patience>.fromOpaque(context).takeUnretainedValue()
        return patience.mustStop ? 1 : 0
      }, context)
    sqlite3_busy_handler(
      handle,
      { context, attempt in
        guard let context else { return 0 }
        let patience = Unmanaged<Patience>.fromOpaque(context).takeUnretainedValue()
        return patience.waitOnceMore(attempt) ? 1 : 0
      }, context)
  }

  private var mustStop: Bool { !isDeaf && stop?.isStopped == true }

  private func waitOnceMore(_ attempt: Int32) -> Bool {
    let now = SystemTime().uptime
    if attempt == 0 { waitedSince = now }
    guard stop?.isStopped != true, now - (waitedSince ?? now) < lockedAtMost else { return false }
    // Programs that do not wait for their turn can only be outwaited: from 1 ms to 32 ms.
    sqlite3_sleep(1 << min(attempt, 5))
    return true
  }
}
