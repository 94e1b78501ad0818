package import Blobs
package import Foundations

/// What can be asked of a catalogue, on one state of it.
///
/// Single things are nil where they are not there; lists come in pages whose cost does not depend on
/// their depth.
package protocol CatalogueReading: JobReading {
  /// An asset, in the trash or not.
  func asset(_ id: AssetID) throws -> Asset?
  /// The asset of a content.
  func asset(of blob: BlobID) throws -> Asset?
  /// Assets in an order.
  func assets(
    _ filter: AssetFilter, _ order: AssetOrder, after cursor: PageCursor?, atMost count: Int
  ) throws -> Page<Asset>
  /// Assets whose texts answer a query.
  func search(
    _ query: TextQuery, _ filter: AssetFilter, _ ranking: SearchRanking,
    after cursor: PageCursor?, atMost count: Int
  ) throws -> Page<SearchHit>
  /// All ways that an asset came, the first first.
  func origins(of asset: AssetID) throws -> [AssetOrigin]
  /// How an asset was made, the newest first.
  func generations(of asset: AssetID) throws -> [Generation]
  /// What refers to an asset, so that it cannot simply go: runs that are not in the trash, and
  /// workflows.
  func references(to asset: AssetID) throws -> [AssetReference]
  /// Those of some contents that an asset or an output stands for, in the trash or not.
  func referenced(_ blobs: [BlobID]) throws -> Set<BlobID>
  /// Likenesses of living assets after a row, in order of rows, for an index in memory.
  func likenesses(afterRow row: Int64, atMost count: Int) throws -> [LikenessRow]

  /// A run, in the trash or not.
  func run(_ id: RunID) throws -> Run?
  /// Runs, the newest first.
  func runs(
    _ filter: RunFilter, after cursor: PageCursor?, atMost count: Int
  ) throws -> Page<Run>
  /// A run's outputs in the order they came.
  func outputs(of run: RunID) throws -> [RunOutput]

  /// A workflow, archived or not.
  func workflow(_ id: WorkflowID) throws -> Workflow?
  /// Workflows, the last changed first.
  func workflows(
    _ filter: WorkflowFilter, after cursor: PageCursor?, atMost count: Int
  ) throws -> Page<Workflow>
  /// A workflow's definitions, the newest first.
  func versions(of workflow: WorkflowID) throws -> [WorkflowVersion]
  /// What a workflow's nodes took and made: by node, the newest execution first.
  func associations(of workflow: WorkflowID) throws -> [Association]
  /// The nodes that took or made an asset, the newest first.
  func associations(of asset: AssetID) throws -> [Association]
  /// One execution.
  func execution(_ id: ExecutionID) throws -> Execution?
  /// A workflow's executions, the newest first.
  func executions(
    of workflow: WorkflowID, after cursor: PageCursor?, atMost count: Int
  ) throws -> Page<Execution>

  /// Counts and sizes of all.
  func statistics() throws -> LibraryStatistics
  /// How much came in on each day of a span, by the day's start in UTC.
  func growth(from: Timestamp, to: Timestamp) throws -> [DayGrowth]
  /// The hash that a file had when it was last read, where it has not changed since.
  func knownHash(of file: FileIdentity) throws -> BlobID?
}
