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
  var runs: [RunID: Placed<Run>] = [:]
  var outputs: [RunID: [RunOutput]] = [:]
  var workflows: [WorkflowID: Placed<Workflow>] = [:]
  var versions: [WorkflowID: [WorkflowVersion]] = [:]
  var executions: [ExecutionID: Placed<Execution>] = [:]
  var associations: [Association] = []
  var files: [FileIdentity: BlobID] = [:]
  var journal: [JournalEntry] = []
  var lastRow: Int64 = 0

  /// The next place. Unlike a table's it is never given again, which shows nowhere.
  mutating func nextRow() -> Int64 {
    lastRow += 1
    return lastRow
  }

  /// All assets in the order they came.
  var assetsInOrder: [AssetEntry] { assets.values.sorted { $0.row < $1.row } }
}
