import Blobs
import Foundations
import Model

extension MemorySession {
  func asset(_ id: AssetID) -> Asset? { state.assets[id]?.asset }

  func asset(of blob: BlobID) -> Asset? {
    state.assets.values.first { $0.asset.blob == blob }?.asset
  }

  func assets(
    _ filter: AssetFilter, _ order: AssetOrder, after cursor: PageCursor?, atMost count: Int
  ) throws -> Page<Asset> {
    let matching = state.assetsInOrder.filter { matches($0, filter) }
    var sorted = matching.sorted { Self.isLess($0, $1, order.key) }
    if order.isDescending { sorted.reverse() }
    return try Self.page(
      sorted, list: order.list, after: cursor, atMost: count,
      place: { (Self.key(of: $0, order.key), $0.row) }, thing: \.asset)
  }

  private static func isLess(
    _ left: MemoryState.AssetEntry, _ right: MemoryState.AssetEntry, _ key: AssetOrder.Key
  ) -> Bool {
    let (a, b) = (left.asset, right.asset)
    switch key {
    case .date: return (a.addedAt, left.row) < (b.addedAt, right.row)
    case .size: return (a.size, left.row) < (b.size, right.row)
    case .duration:
      return (a.facts.durationSeconds ?? -1, left.row)
        < (b.facts.durationSeconds ?? -1, right.row)
    case .name:
      if NameOrder.isLess(a.name, b.name) { return true }
      return !NameOrder.isLess(b.name, a.name) && left.row < right.row
    }
  }

  private static func key(
    of entry: MemoryState.AssetEntry, _ key: AssetOrder.Key
  ) -> PageCursor.Key {
    switch key {
    case .date: .integer(entry.asset.addedAt.microseconds)
    case .size: .integer(entry.asset.size)
    case .duration: .real(entry.asset.facts.durationSeconds ?? -1)
    case .name: .text(entry.asset.name)
    }
  }

  func origins(of asset: AssetID) throws -> [AssetOrigin] { try entry(asset).origins }

  func generations(of asset: AssetID) throws -> [Generation] {
    try state.inOrder(entry(asset).generations).reversed()
  }

  func references(to asset: AssetID) throws -> [AssetReference] {
    _ = try entry(asset)
    let runs = state.runs.values.filter { run in
      run.thing.deletedAt == nil
        && (state.outputs[run.thing.id] ?? []).contains { $0.asset == asset }
    }.sorted { $0.row < $1.row }
    let workflows = state.workflows.values.filter { workflow in
      state.associations.contains { $0.asset == asset && $0.workflow == workflow.thing.id }
    }.sorted { $0.row < $1.row }
    return runs.map { .run($0.thing.id) } + workflows.map { .workflow($0.thing.id) }
  }

  func referenced(_ blobs: [BlobID]) -> Set<BlobID> {
    Set(blobs).intersection(
      state.assets.values.map(\.asset.blob) + state.outputs.values.joined().compactMap(\.blob))
  }

  func likenesses(afterRow row: Int64, atMost count: Int) -> [LikenessRow] {
    state.assetsInOrder.lazy.filter { $0.row > row && $0.asset.deletedAt == nil }
      .compactMap { entry in
        entry.asset.facts.likeness.map {
          LikenessRow(row: entry.row, asset: entry.asset.id, likeness: $0)
        }
      }.prefix(count).map { $0 }
  }

  func knownHash(of file: FileIdentity) -> BlobID? { state.files[file] }

  func remember(_ file: FileIdentity, _ blob: BlobID) {
    for known in state.files.keys where known.device == file.device && known.inode == file.inode {
      state.files[known] = nil
    }
    state.files[file] = blob
  }
}
