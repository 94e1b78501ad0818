/// Where the jobs are: what the engine of jobs asks of a store, one of the four seams.
///
/// A store of the catalogue is one, so that a job and what it made are written together or not at
/// all. What it promises stands in `JobsConformance`, which every store is tried with.
package protocol JobStore: Sendable {
  /// Runs a piece of work on the jobs in one transaction; all of it holds, or nothing.
  ///
  /// As `CatalogueStore.write`. Urgent ones go before others: heartbeats, without which a running job
  /// is taken for lost.
  func writeJobs<R: Sendable>(
    isUrgent: Bool, _ body: @escaping @Sendable (any JobTransaction) throws -> R
  ) throws -> R

  /// Runs a piece of work on one state of the jobs.
  func readJobs<R>(_ body: (any JobReading) throws -> R) throws -> R
}

extension JobStore {
  /// Runs a piece of work on the jobs in one transaction; all of it holds, or nothing.
  package func writeJobs<R: Sendable>(
    _ body: @escaping @Sendable (any JobTransaction) throws -> R
  ) throws -> R {
    try writeJobs(isUrgent: false, body)
  }
}

extension CatalogueStore {
  package func writeJobs<R: Sendable>(
    isUrgent: Bool, _ body: @escaping @Sendable (any JobTransaction) throws -> R
  ) throws -> R {
    try write { try body($0) }
  }

  package func readJobs<R>(_ body: (any JobReading) throws -> R) throws -> R {
    try read { try body($0) }
  }
}
