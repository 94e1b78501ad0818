import Model
import Synchronization

/// What all living assets look like, held in memory: 32 bytes each.
///
/// A query looks at all of them, which takes some milliseconds for a million.
final class LikenessIndex: Sendable {
  private struct State {
    var assets: [AssetID] = []
    var likenesses: [Likeness] = []
    var lastRow: Int64 = 0
  }

  private static let batch = 10_000
  private let state = Mutex(State())

  /// Takes in what came since the last look.
  func refresh(_ catalogue: any CatalogueReading) throws {
    while true {
      let from = state.withLock { $0.lastRow }
      let rows = try catalogue.likenesses(afterRow: from, atMost: Self.batch)
      guard let last = rows.last else { return }
      state.withLock { state in
        // Somebody else may have brought the same rows meanwhile.
        for row in rows where row.row > state.lastRow {
          state.assets.append(row.asset)
          state.likenesses.append(row.likeness)
        }
        state.lastRow = max(state.lastRow, last.row)
      }
    }
  }

  /// Forgets all, after likenesses of assets known before have changed.
  func reset() { state.withLock { $0 = State() } }

  /// Those at most so far from a likeness, the nearest first.
  func near(_ likeness: Likeness, within distance: Int) -> [(asset: AssetID, distance: Int)] {
    let (assets, likenesses) = snapshot()
    var found: [(asset: AssetID, distance: Int)] = []
    for index in likenesses.indices {
      let apart = likenesses[index].distance(to: likeness)
      if apart <= distance { found.append((assets[index], apart)) }
    }
    return found.sorted { ($0.distance, $0.asset) < ($1.distance, $1.asset) }
  }

  /// All at one moment; later additions do not change it.
  func snapshot() -> ([AssetID], [Likeness]) { state.withLock { ($0.assets, $0.likenesses) } }
}
