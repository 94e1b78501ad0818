package import Foundations

/// Where it is known what the library holds: one of the four seams.
///
/// It speaks the domain and no SQL. What it promises stands in `CatalogueConformance`, which every
/// store is tried with. Folders, blobs and the journal are the truth; a catalogue is an index over
/// them that can be built again.
package protocol CatalogueStore: JobStore {
  /// Runs a piece of work in one transaction; all of it holds, or nothing.
  ///
  /// Several pieces may share one commit; each is undone alone when it throws. Blocks until it is
  /// durable. The work may be done more than once, each time from the start, before it holds.
  func write<R: Sendable>(
    _ body: @escaping @Sendable (any CatalogueTransaction) throws -> R
  ) throws -> R

  /// Runs a piece of work on one state of the catalogue, whatever is written meanwhile.
  func read<R>(stop: StopFlag?, _ body: (any CatalogueReading) throws -> R) throws -> R

  /// What is wrong with the store itself, in words; nothing where it is whole.
  func problems(stop: StopFlag?) throws -> [String]

  /// Writes a consistent copy to a file that is not there, while others read and write.
  func backUp(to path: FilePath, progress: ProgressSink, stop: StopFlag?) throws

  /// Waits for writes under way and closes; nothing may be asked after.
  func finish()
}

extension CatalogueStore {
  /// Runs a piece of work on one state of the catalogue.
  package func read<R>(_ body: (any CatalogueReading) throws -> R) throws -> R {
    try read(stop: nil, body)
  }
}
