import Foundations

/// Runs asynchronous work on the thread that waits for it.
///
/// The work of this module is called by threads of its caller's own, which may stand still, while
/// children are driven by asynchronous calls. Those run here on the very thread that waits, so that
/// neither of Swift's own threads is needed, however many threads wait.
enum BlockingCall {
  /// Runs `work` to its end; meanwhile `look` is called about every `interval`, and may do something
  /// about work that takes too long.
  static func run<R: Sendable>(
    lookingEvery interval: Duration = .seconds(3_600), _ look: () -> Void = {},
    _ work: @escaping @Sendable () async -> R
  ) -> R {
    let thread = WaitingThread<R>()
    Task(executorPreference: thread) { thread.finish(with: await work()) }
    return thread.serve(lookingEvery: interval, look)
  }
}

/// A thread that runs what its own wait brings about.
private final class WaitingThread<R: Sendable>: TaskExecutor {
  private struct State {
    var jobs: [UnownedJob] = []
    var result: R?
  }

  private enum Step {
    case jobs([UnownedJob])
    case end(R)
  }

  private let state = Monitor(State())

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    state.withLock { $0.jobs.append(job) }
    state.notify()
  }

  func finish(with result: R) {
    state.withLock { $0.result = result }
    state.notify()
  }

  func serve(lookingEvery interval: Duration, _ look: () -> Void) -> R {
    while true {
      let step = state.wait(atMost: interval) { state -> Step? in
        if !state.jobs.isEmpty {
          defer { state.jobs = [] }
          return .jobs(state.jobs)
        }
        return state.result.map(Step.end)
      }
      switch step {
      case .jobs(let jobs): for job in jobs { run(job) }
      case .end(let result): return result
      case nil: look()
      }
    }
  }

  private func run(_ job: UnownedJob) {
    // Safe, as the reference without an owner is to ourselves, and we outlive the call.
    unsafe job.runSynchronously(on: asUnownedTaskExecutor())
  }
}
