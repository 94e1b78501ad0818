import Glibc

/// A thread of its own on which blocking work happens, one piece after the other.
///
/// Swift's cooperative threads are as few as the cores, and whoever blocks one takes it from
/// everybody. So an actor around a C handle names a lane as its executor, and single calls go
/// through `run`; both keep their order among themselves. The thread begins with the lane, where a
/// refusal by the system still has somebody to hear it, and ends once the lane is let go of and its
/// work is done. Lanes are made by the engine, from a `LaneBudget`.
///
/// ```swift
/// actor Decoder {
///   private let lane: BlockingLane
///   nonisolated var unownedExecutor: UnownedSerialExecutor { lane.asUnownedSerialExecutor() }
/// }
/// ```
package final class BlockingLane: SerialExecutor {
  /// What a lane has to do.
  ///
  /// Each piece holds the lane, so that it outlives its work: Swift's jobs
  /// themselves do not hold their executor.
  private enum Work {
    case job(UnownedJob, on: BlockingLane)
    case call(@Sendable () -> Void, on: BlockingLane)

    func run() {
      switch self {
      case .job(let job, let lane): job.runSynchronously(on: lane.asUnownedSerialExecutor())
      case .call(let body, _): body()
      }
    }
  }

  private struct State {
    var waiting: [Work] = []
    var isEnding = false
    var thread: pthread_t?
  }

  /// The thread's name in debuggers and in `top -H`.
  package let name: String
  private let state: Monitor<State>

  /// Starts the lane's thread, which keeps `ticket` until it ends.
  package init(named name: String, keeping ticket: (any Sendable)? = nil) throws(ThreadFailure) {
    self.name = name
    let state = Monitor(State())
    self.state = state
    // The thread holds the state and not the lane, or no lane would ever end.
    try OwnThread.start(named: name) {
      withExtendedLifetime(ticket) { Self.serve(state) }
    }
  }

  deinit {
    state.withLock { $0.isEnding = true }
    state.notify()
  }

  private static func serve(_ state: Monitor<State>) {
    state.withLock { $0.thread = pthread_self() }
    while true {
      let batch = state.wait { state -> [Work]? in
        guard state.waiting.isEmpty else {
          defer { state.waiting = [] }
          return state.waiting
        }
        return state.isEnding ? [] : nil
      }
      if batch.isEmpty { return }
      for work in batch { work.run() }
    }
  }

  private func submit(_ work: Work) {
    state.withLock { $0.waiting.append(work) }
    state.notify()
  }

  /// Runs blocking work on the lane, after what was handed to it before.
  ///
  /// Once handed over it runs to its end, whether or not the task is cancelled; use `runStoppable`
  /// for work that can be told to stop.
  package func run<R: Sendable, E: Error>(
    _ body: @escaping @Sendable () throws(E) -> R
  ) async throws(E) -> R {
    let result: Result<R, E> = await withCheckedContinuation { continuation in
      submit(.call({ continuation.resume(returning: Result(catching: body)) }, on: self))
    }
    return try result.get()
  }

  /// Runs blocking work that polls a stop flag, which the cancellation of the task raises.
  ///
  /// Work whose flag is raised before its turn comes is not begun.
  package func runStoppable<R: Sendable>(
    under parent: StopFlag? = nil, _ body: @escaping @Sendable (StopFlag) throws -> R
  ) async throws -> R {
    let flag = StopFlag(under: parent)
    return try await withTaskCancellationHandler {
      try await run {
        try flag.check()
        return try body(flag)
      }
    } onCancel: {
      flag.stop()
    }
  }

  /// Whether the caller runs on the lane's thread.
  package var isOnLane: Bool {
    guard let thread = state.withLock({ $0.thread }) else { return false }
    return pthread_equal(thread, pthread_self()) != 0
  }

  package func enqueue(_ job: consuming ExecutorJob) {
    submit(.job(UnownedJob(job), on: self))
  }

  package func asUnownedSerialExecutor() -> UnownedSerialExecutor {
    UnownedSerialExecutor(ordinary: self)
  }

  package func checkIsolated() { precondition(isOnLane, "not on the lane \(name)") }

  package func isIsolatingCurrentContext() -> Bool? { isOnLane }
}
