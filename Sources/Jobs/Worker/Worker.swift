package import Foundations
package import Model

/// Takes jobs from a store and does them, some at once, until it is told to stop.
///
/// Its promises stand in docs/jobs.md. It blocks the thread it runs on and has some of its own: one
/// for each slot, one that renews leases, one that reports progress, and one that only watches the
/// time, so that a store that hangs cannot keep a job from being stopped.
package final class Worker: Sendable {
  let setup: WorkerSetup

  /// A worker; nothing is touched before it runs.
  package init(
    store: any CatalogueStore, kinds: [JobKind], wakeups: any Wakeups,
    folders: (scratch: FilePath, logs: FilePath), options: WorkerOptions = WorkerOptions(),
    clock: any TimeSource = SystemTime(), random: any RandomSource = SystemRandom()
  ) {
    precondition(options.slots > 0 && options.lease > .zero, "a worker can do something")
    setup = WorkerSetup(
      store: store, kinds: kinds, wakeups: wakeups, scratch: folders.scratch, logs: folders.logs,
      options: options, time: clock, random: random)
  }

  /// Works until it is told to stop, or, where it drains, until there is nothing to do.
  ///
  /// Where the report names stuck jobs, the process should end: their threads cannot be ended.
  package func run(stop: StopFlag) throws -> WorkerReport {
    try WorkerRun(setup, stop: stop).run()
  }
}
