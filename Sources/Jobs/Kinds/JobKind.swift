package import Foundations

/// A sort of work that the engine can do.
package struct JobKind: Sendable {
  /// By which jobs ask for it.
  package let name: String
  /// How many may run, over all workers; any number where nil.
  package var runsAtMost: Int?
  /// How long to wait before another attempt; how many there are is said by the job.
  package var retry: RetryPolicy
  /// Whether the scratch folder stays where a job fails, until it is swept.
  package var keepsScratch: Bool
  /// Does the work, on a thread of its own that may block.
  ///
  /// It ends soon after `context.stop` is raised, whatever it throws then. It may be done more than
  /// once, on any machine: what it leaves outside of the outcome has to stand that.
  package let run: @Sendable (JobContext) throws -> JobOutcome

  /// A kind by its parts.
  package init(
    _ name: String, runsAtMost: Int? = nil, retry: RetryPolicy = RetryPolicy(),
    keepsScratch: Bool = false, run: @escaping @Sendable (JobContext) throws -> JobOutcome
  ) {
    self.name = name
    self.runsAtMost = runsAtMost
    self.retry = retry
    self.keepsScratch = keepsScratch
    self.run = run
  }
}
