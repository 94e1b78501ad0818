import Foundations

/// Tries again what may pass the second time, and nothing else.
enum Attempts {
  /// Runs `work` up to `count` times; says each failure in the words that users filter logs by.
  ///
  /// Not again where `canRepeat` says no: what came once, such as a stream of frames, is gone.
  static func run<Value>(
    _ count: Int, of name: String, for path: FilePath, log: Logger, stop: StopFlag,
    canRepeat: () -> Bool = { true }, _ work: () throws -> Value
  ) throws -> Value {
    var attempt = 1
    while true {
      do { return try work() } catch {
        let failure = error.asFailure
        let mayPass = failure.kind == .unavailable && failure.code != .diskFull
        guard mayPass else { throw error }
        log.warning("\(name) attempt \(attempt)/\(count) failed for \(path): \(failure.message)")
        guard attempt < count, canRepeat() else {
          log.error("\(name) exhausted retries for \(path): \(failure.message)")
          throw error
        }
        // A busy disk wants some rest; the flag ends it.
        rest(.milliseconds(50 << min(attempt, 5)), stop)
        try stop.check()
        attempt += 1
      }
    }
  }

  private static func rest(_ time: Duration, _ stop: StopFlag) {
    let monitor = Monitor(false)
    let token = stop.onStop { _ in
      monitor.withLock { $0 = true }
      monitor.notify()
    }
    defer { stop.removeAction(token) }
    _ = monitor.wait(atMost: time) { $0 ? true : nil }
  }
}
