package import Blobs
package import Foundations
import Library
import Runs
import Stores

/// The use case behind `mediary library gc`: the trash, and content that nothing refers to.
package struct CollectGarbage: Sendable {
  /// What went, or would go.
  package struct Report: Sendable {
    package let isDryRun: Bool
    /// Forgotten from the trash.
    package let assets: Int
    package let runs: Int
    package let lookedAt: Int
    package let sweep: BlobSweep
    /// Bytes of pieces and the like of films that were encoded.
    package let encodeBytes: Int64

    /// The report as every surface answers it.
    package var json: JSONValue {
      [
        "dry_run": .bool(isDryRun), "deleted": .int(sweep.deleted),
        "size_bytes": .int(sweep.bytes), "seen": .int(sweep.seen),
        "referenced": .int(sweep.referenced), "young": .int(sweep.young),
        "assets_forgotten": .int(assets), "runs_forgotten": .int(runs),
        "looked_at": .int(lookedAt), "encode_cache_bytes": .int(encodeBytes),
      ]
    }
  }

  /// What has been in the trash so long is forgotten; nil for nothing.
  package var trashOlderThan: Duration?
  package var isDryRun = false
  /// What is kept of films that were encoded; nil leaves it alone.
  package var encodes: EncodeCache?

  /// The trash stays.
  package init() {}

  /// Empties and sweeps.
  package func run(
    _ open: OpenLibrary, stop: StopFlag, progress: ProgressSink = .none
  ) throws -> Report {
    var (assets, runs) = (0, 0)
    if let age = trashOlderThan {
      // Runs first: an asset in the trash may still be an output of one.
      runs = try open.runs.emptyTrash(olderThan: age, isDryRun: isDryRun, stop: stop).count
      assets =
        try open.library.care.emptyTrash(olderThan: age, isDryRun: isDryRun, stop: stop).count
    }
    // A catalogue that has never told its journal anything is taken for one that was lost.
    let sweep = try open.library.care.sweep(
      isDryRun: isDryRun, evenIfEmpty: try open.catalogue.changes > 0, stop: stop)
    let lookedAt =
      isDryRun ? 0 : try open.library.care.lookAtAll(stop: stop, progress: progress)
    return Report(
      isDryRun: isDryRun, assets: assets, runs: runs, lookedAt: lookedAt, sweep: sweep,
      encodeBytes: isDryRun ? 0 : try encodes?.sweep() ?? 0)
  }
}
