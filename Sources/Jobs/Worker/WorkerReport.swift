package import Model

/// What a worker did.
package struct WorkerReport: Sendable, Equatable {
  /// Why it ended.
  package enum Ending: Sendable, Equatable {
    /// There was nothing more to do.
    case drained
    /// It was told to stop.
    case stopped
    /// Each of its slots has a job that does not end.
    case stuck
  }

  package var ending = Ending.stopped
  /// Jobs that ended with a result, whole or in part.
  package var completed = 0
  /// Jobs that were split.
  package var split = 0
  /// Jobs that failed for good.
  package var failed = 0
  /// Attempts that failed and are followed by another.
  package var retried = 0
  /// Jobs that ended as was wished.
  package var cancelled = 0
  /// Jobs that were given back.
  package var returned = 0
  /// Jobs that were lost to another worker, or to a store that could not be told of their end.
  package var lost = 0
  /// Jobs that did not end when they were told to; their threads go on as long as the process.
  package var stuck: [JobID] = []

  /// Nothing done yet.
  package init() {}
}
