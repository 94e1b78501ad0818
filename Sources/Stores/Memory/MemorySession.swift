import Blobs
import Foundations
import Model

/// One piece of work on a catalogue in memory; what it changes counts once it is through.
final class MemorySession: CatalogueTransaction {
  var state: MemoryState
  var tells = true

  init(_ state: MemoryState) { self.state = state }

  func tell(_ entry: JournalEntry) { if tells { state.journal.append(entry) } }

  func entry(_ id: AssetID) throws -> MemoryState.AssetEntry {
    guard let entry = state.assets[id] else { throw ModelFailure.missing("asset", id) }
    return entry
  }

  func requireWorkflow(_ id: WorkflowID) throws {
    if state.workflows[id] == nil { throw ModelFailure.missing("workflow", id) }
  }

  /// A page of a list that is sorted and filtered already.
  static func page<Item: Sendable, Thing: Sendable>(
    _ items: [Item], list: String, after cursor: PageCursor?, atMost count: Int,
    place: (Item) -> (key: PageCursor.Key, row: Int64), thing: (Item) -> Thing
  ) throws -> Page<Thing> {
    precondition(count > 0, "a page has room")
    try cursor?.check(for: list)
    var rest = items[...]
    if let cursor {
      // By the row alone: what it goes by is the same as when it was shown.
      guard let index = items.firstIndex(where: { place($0).row == cursor.row }) else {
        return Page(items: [], next: nil)
      }
      rest = items[(index + 1)...]
    }
    let shown = rest.prefix(count)
    let next = rest.count > count ? shown.last.map { place($0) } : nil
    return Page(
      items: shown.map(thing), next: next.map { PageCursor(list: list, key: $0.key, row: $0.row) })
  }
}
