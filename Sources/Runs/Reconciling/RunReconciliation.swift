package import Model

/// What was found and done when a run's folder, blobs and rows were brought to agree, or what would
/// be.
package struct RunReconciliation: Sendable, Equatable {
  package let run: RunID
  /// Outputs that lay in the folder and were in no metadata.
  package var adopted: [String] = []
  /// Files that were missing and were made again from their blobs.
  package var restored: [String] = []
  /// Outputs whose content the library did not have any more, and took in again from their files.
  package var takenIn: [String] = []
  /// Files that are missing, and so are their blobs.
  package var missing: [String] = []
  /// Where the damaged metadata was put; it was made again from the folder and the catalogue.
  package var damagedMetadata: String?
  /// Whether the metadata did not know whether the run is in the trash.
  package var isMisplaced = false
  /// Whether the catalogue said something else of the run than its folder, or nothing.
  package var catalogueDiffers = false
  /// Whether there was no such run any more and its row was forgotten.
  package var isForgotten = false

  /// Nothing had to be done.
  package init(_ run: RunID) { self.run = run }

  /// Whether all agreed already.
  package var isClean: Bool { self == RunReconciliation(run) }

  /// Whether nothing had to be done but to write rows, as for each run of a catalogue that is
  /// built again.
  package var isWhole: Bool {
    var other = self
    other.catalogueDiffers = false
    return other.isClean
  }
}
