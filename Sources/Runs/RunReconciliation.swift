package import Model

/// What was found and done when a run's folder, blobs and rows were brought to agree.
package struct RunReconciliation: Sendable, Equatable {
  package let run: RunID
  /// Outputs that lay in the folder and were in no metadata.
  package var adopted: [String] = []
  /// Files that were missing and were made again from their blobs.
  package var restored: [String] = []
  /// Files that are missing, and so are their blobs.
  package var missing: [String] = []
  /// Where the damaged metadata was put; it was made again from the folder and the catalogue.
  package var damagedMetadata: String?
  /// Whether there was no such run any more and its row was forgotten.
  package var isForgotten = false

  /// Nothing had to be done.
  package init(_ run: RunID) { self.run = run }

  /// Whether all agreed already.
  package var isClean: Bool { self == RunReconciliation(run) }
}
