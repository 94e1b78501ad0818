import Synchronization

/// The one thread that starts children.
///
/// A child is killed when the thread that started it ends, not when the process does. So all are
/// started by a thread that never ends, and not by whichever thread a task happens to be on.
final class Spawner: Sendable {
  private let starts = Mutex<[@Sendable () -> Void]>([])
  private let bell: Doorbell

  init() throws(ProcessFailure) {
    do {
      bell = try Doorbell()
      try OwnThread.start(named: "mediary-spawn") { self.work() }
    } catch {
      throw ProcessFailure(
        .processExhausted, "cannot prepare for starting programs", cause: error)
    }
  }

  /// Runs `start` on the thread and answers with what it returns.
  func perform<Started: Sendable>(
    _ start: @escaping @Sendable () -> Result<Started, ProcessFailure>
  ) async throws(ProcessFailure) -> Started {
    let result = await withCheckedContinuation { continuation in
      starts.withLock { $0.append { continuation.resume(returning: start()) } }
      bell.ring()
    }
    return try result.get()
  }

  private func work() -> Never {
    while true {
      bell.wait()
      let due = starts.withLock { starts in
        defer { starts = [] }
        return starts
      }
      for start in due { start() }
    }
  }
}
