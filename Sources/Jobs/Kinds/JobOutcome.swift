package import Foundations
package import Model

/// How a job's own work ended well.
package enum JobOutcome: Sendable {
  /// It is done.
  ///
  /// `saving` runs in the transaction that ends the job, so that the result and its rows appear
  /// together or not at all; it runs for nobody who has lost the job. It may be run more than once,
  /// each time from the start, before it holds; where it throws, the job fails.
  case completed(
    JSONValue, inPart: Bool = false,
    saving: (@Sendable (any CatalogueTransaction) throws -> Void)? = nil)
  /// It is split: the job comes again, as a join, when the children are over.
  ///
  /// The stage is what it is at then.
  case split([NewChild], stage: String? = nil)
}
