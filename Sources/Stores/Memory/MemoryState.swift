import Blobs
import Foundations
import Model

/// All that a catalogue in memory holds, in the order it came.
struct MemoryState: Sendable {
  /// An asset with what hangs on it.
  struct AssetEntry: Sendable {
    let row: Int64
    var asset: Asset
    var origins: [AssetOrigin] = []
    var generations: [Generation] = []
    var texts: [String: String] = [:]
  }

  /// A thing with the place it came to.
  struct Placed<Thing: Sendable>: Sendable {
    let row: Int64
    var thing: Thing
  }

  var assets: [AssetID: AssetEntry] = [:]
  var fruitless: [Generation] = []
  /// The places of generations, which they keep when they go over to another asset.
  var generationRows: [GenerationID: Int64] = [:]
  var runs: [RunID: Placed<Run>] = [:]
  var outputs: [RunID: [RunOutput]] = [:]
  var workflows: [WorkflowID: Placed<Workflow>] = [:]
  var versions: [WorkflowID: [WorkflowVersion]] = [:]
  var executions: [ExecutionID: Placed<Execution>] = [:]
  var associations: [Association] = []
  var files: [FileIdentity: BlobID] = [:]
  var journal: [JournalEntry] = []
  var jobs = MemoryJobs()
  var lastRow: Int64 = 0

  /// The next place.
  ///
  /// Unlike a table's it is never given again, which shows nowhere.
  mutating func nextRow() -> Int64 {
    lastRow += 1
    return lastRow
  }

  /// Gives a generation its place, where it has none.
  mutating func place(_ id: GenerationID) {
    if generationRows[id] == nil { generationRows[id] = nextRow() }
  }

  /// Generations in the order they came.
  func inOrder(_ generations: [Generation]) -> [Generation] {
    generations.sorted { generationRows[$0.id] ?? 0 < generationRows[$1.id] ?? 0 }
  }

  /// All assets in the order they came.
  var assetsInOrder: [AssetEntry] { assets.values.sorted { $0.row < $1.row } }
}
