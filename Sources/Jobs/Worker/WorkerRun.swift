import Foundations
import Model

/// One run of a worker: its threads and what they share.
///
/// The thread that asks for the run looks after the store and says when to look for jobs; each slot
/// takes jobs and does them; `Heartbeats`, `Reporting` and `Watching` are threads beside them.
final class WorkerRun: Sendable {
  let setup: WorkerSetup
  let stop: StopFlag
  let clock: ForwardTime
  let state = Monitor(WorkerState())
  /// Ends the waits of the thread that listens.
  let over = StopFlag()

  // A wake-up may be lost with the process that was to give it.
  static let longestWait = Duration.seconds(30)
  static let shortestWait = Duration.milliseconds(100)
  // Between two tries to reach a store that does not answer, growing.
  static let firstPause = Duration.milliseconds(20)
  static let longestPause = Duration.seconds(1)

  init(_ setup: WorkerSetup, stop: StopFlag) {
    self.setup = setup
    self.stop = stop
    clock = ForwardTime(setup.time)
  }

  var options: WorkerOptions { setup.options }
  var store: any CatalogueStore { setup.store }
  var log: Logger { options.log }

  func run() throws -> WorkerReport {
    let token = stop.onStop { [state] _ in state.notify() }
    defer { stop.removeAction(token) }
    defer { endThreads() }
    try startThreads()
    let ending = dispatch()
    windDown()
    wakeIfOwed()
    return state.withLock { state in
      state.report.ending = ending
      return state.report
    }
  }

  private func startThreads() throws {
    try start("job watch") { $0.watchTime() }
    try start("job beat") { $0.keepLeases() }
    try start("job report") { $0.reportProgress() }
    for _ in 0..<options.slots { try start("job") { $0.serve() } }
  }

  private func start(_ name: String, _ body: @escaping @Sendable (WorkerRun) -> Void) throws {
    state.withLock { $0.threads += 1 }
    do {
      try OwnThread.start(named: name) {
        body(self)
        self.state.withLock { $0.threads -= 1 }
        self.state.notify()
      }
    } catch {
      state.withLock { $0.threads -= 1 }
      throw error
    }
  }

  /// Waits for all threads but those of stuck jobs.
  private func endThreads() {
    state.withLock { state in
      state.isStopping = true
      state.isOver = true
    }
    state.notify()
    over.stop()
    state.wait { $0.threads <= $0.stuckCount ? () : nil }
  }
}
