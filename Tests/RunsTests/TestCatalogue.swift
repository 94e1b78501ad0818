import Blobs
import Foundations
import Model
import Synchronization

/// The part of a catalogue that runs need, in memory.
final class TestCatalogue: CatalogueStore {
  struct State {
    var assets: [AssetID: Asset] = [:]
    var byBlob: [BlobID: AssetID] = [:]
    var runs: [RunID: Run] = [:]
    var outputs: [RunID: [RunOutput]] = [:]
    var wholeRuns = 0
  }

  private let state = Mutex(State())

  func write<R: Sendable>(
    _ body: @escaping @Sendable (any CatalogueTransaction) throws -> R
  ) throws -> R {
    try state.withLock { state in
      let view = TestCatalogueView(state)
      let result = try body(view)
      state = view.state
      return result
    }
  }

  func read<R>(stop: StopFlag?, _ body: (any CatalogueReading) throws -> R) throws -> R {
    try body(TestCatalogueView(state.withLock { $0 }))
  }

  /// Forgets all, as a deleted database has.
  func clear() { state.withLock { $0 = State() } }

  /// What it holds.
  var held: State { state.withLock { $0 } }

  func problems(stop: StopFlag?) throws -> [String] { [] }
  func backUp(to path: FilePath, progress: ProgressSink, stop: StopFlag?) throws {}
  func finish() {}
}

/// One state of it, and its changes.
final class TestCatalogueView: CatalogueTransaction {
  var state: TestCatalogue.State
  init(_ state: TestCatalogue.State) { self.state = state }

  func asset(_ id: AssetID) -> Asset? { state.assets[id] }
  func asset(of blob: BlobID) -> Asset? { state.byBlob[blob].flatMap { state.assets[$0] } }
  func run(_ id: RunID) -> Run? { state.runs[id] }
  func outputs(of run: RunID) -> [RunOutput] { state.outputs[run] ?? [] }
  func runs(_ filter: RunFilter, after cursor: PageCursor?, atMost count: Int) -> Page<Run> {
    let found = state.runs.values.filter { run in
      (run.deletedAt != nil) == filter.isDeleted && (filter.user ?? run.user) == run.user
        && (filter.isArchived ?? (run.archivedAt != nil)) == (run.archivedAt != nil)
        && (filter.schema ?? run.schema) == run.schema && (filter.mode ?? run.mode) == run.mode
        && (filter.status ?? run.state.status) == run.state.status
        && (filter.to ?? run.createdAt) >= run.createdAt
    }
    let sorted = found.sorted { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }
    let start = Int(cursor?.row ?? 0)
    let rows = sorted.enumerated().map { (item: $1, row: Int64($0 + 1)) }.dropFirst(start)
    return Page(Array(rows.prefix(count + 1)), atMost: count, of: ListName.runs) { _ in .nothing }
  }

  func addAsset(_ new: NewAsset, id: AssetID) throws -> AddedAsset {
    if let there = asset(of: new.blob) { return AddedAsset(asset: there, isDuplicate: true) }
    let asset = Asset(
      id: id, blob: new.blob, size: new.size, name: new.name, source: new.source,
      addedAt: new.addedAt, facts: new.facts)
    state.assets[id] = asset
    state.byBlob[new.blob] = id
    return AddedAsset(asset: asset, isDuplicate: false)
  }
  func putRun(_ run: Run, outputs: [RunOutput]) throws {
    state.wholeRuns += 1
    state.runs[run.id] = run
    state.outputs[run.id] = outputs
  }
  func addOutputs(_ outputs: [RunOutput], to run: Run) throws {
    state.runs[run.id] = run
    state.outputs[run.id, default: []] += outputs
  }
  func purgeRun(_ id: RunID) throws {
    state.runs[id] = nil
    state.outputs[id] = nil
  }

  func statistics() -> LibraryStatistics {
    var statistics = LibraryStatistics()
    statistics.assets.count = state.assets.count
    return statistics
  }

  // What no run asks for.
  func assets(
    _ filter: AssetFilter, _ order: AssetOrder, after cursor: PageCursor?, atMost count: Int
  ) -> Page<Asset> { fatalError("no run asks for it") }
  func search(
    _ query: TextQuery, _ filter: AssetFilter, _ ranking: SearchRanking,
    after cursor: PageCursor?, atMost count: Int
  ) -> Page<SearchHit> { fatalError("no run asks for it") }
  func origins(of asset: AssetID) -> [AssetOrigin] { fatalError("no run asks for it") }
  func generations(of asset: AssetID) -> [Generation] { fatalError("no run asks for it") }
  func references(to asset: AssetID) -> [AssetReference] { fatalError("no run asks for it") }
  func referenced(_ blobs: [BlobID]) -> Set<BlobID> { fatalError("no run asks for it") }
  func likenesses(afterRow row: Int64, atMost count: Int) -> [LikenessRow] {
    fatalError("no run asks for it")
  }
  func workflow(_ id: WorkflowID) -> Workflow? { fatalError("no run asks for it") }
  func workflows(
    _ filter: WorkflowFilter, after cursor: PageCursor?, atMost count: Int
  ) -> Page<Workflow> { fatalError("no run asks for it") }
  func versions(of workflow: WorkflowID) -> [WorkflowVersion] {
    fatalError("no run asks for it")
  }
  func associations(of workflow: WorkflowID) -> [Association] {
    fatalError("no run asks for it")
  }
  func associations(of asset: AssetID) -> [Association] { fatalError("no run asks for it") }
  func execution(_ id: ExecutionID) -> Execution? { fatalError("no run asks for it") }
  func executions(
    of workflow: WorkflowID, after cursor: PageCursor?, atMost count: Int
  ) -> Page<Execution> { fatalError("no run asks for it") }
  func growth(from: Timestamp, to: Timestamp) -> [DayGrowth] {
    fatalError("no run asks for it")
  }
  func knownHash(of file: FileIdentity) -> BlobID? { fatalError("no run asks for it") }
  func changeAsset(_ id: AssetID, _ change: AssetChange) -> Asset {
    fatalError("no run asks for it")
  }
  func setFacts(of id: AssetID, _ facts: AssetFacts) { fatalError("no run asks for it") }
  func deleteAsset(_ id: AssetID, at time: Timestamp, evenIfReferenced: Bool) {
    fatalError("no run asks for it")
  }
  func undeleteAsset(_ id: AssetID) { fatalError("no run asks for it") }
  func purgeAsset(_ id: AssetID) { fatalError("no run asks for it") }
  func putGeneration(_ generation: Generation) { fatalError("no run asks for it") }
  func setText(of id: AssetID, _ kind: String, _ text: String?) {
    fatalError("no run asks for it")
  }
  func putWorkflow(_ workflow: Workflow) -> Workflow { fatalError("no run asks for it") }
  func deleteWorkflow(_ id: WorkflowID) { fatalError("no run asks for it") }
  func associate(_ association: Association) { fatalError("no run asks for it") }
  func putExecution(_ execution: Execution) { fatalError("no run asks for it") }
  func remember(_ file: FileIdentity, _ blob: BlobID) { fatalError("no run asks for it") }
  func replay(_ entry: JournalEntry, content: KnownContent?) -> Bool {
    fatalError("no run asks for it")
  }
}
