import CatalogueConformance
import Foundations
import Model
import Stores
import TestSupport

/// The kinds of catalogue there are.
enum Backend: String, CaseIterable, Sendable {
  case memory, sqlite
  /// SQLite as it answers where there are too many assets to sort.
  case sqliteOfMany

  /// An empty catalogue of this kind, for as long as the body runs.
  func withStore(_ body: (CataloguePromise.Subject) async throws -> Void) async throws {
    if self == .memory {
      let store = InMemoryCatalogue()
      return try await body(CataloguePromise.Subject(store) { store.journal })
    }
    let folder = try TemporaryFolder()
    let store = try SQLiteCatalogue.open(in: FilePath(folder.path), options: options)
    let subject = CataloguePromise.Subject(store) { try entries(of: store.journal()) }
    do {
      try await body(subject)
    } catch {
      await finish(store)
      throw error
    }
    await finish(store)
  }

  private var options: SQLiteCatalogue.Options {
    var options = SQLiteCatalogue.Options()
    // What is tried here is not the disk.
    options.durability = .relaxed
    if self == .sqliteOfMany {
      options.limits.sortedAtMost = 1
      options.limits.askedAtMost = 0
    }
    return options
  }
}

/// Closes a catalogue on a thread that may wait for it.
func finish(_ store: any CatalogueStore) async {
  await withCheckedContinuation { continuation in
    do {
      try OwnThread.start(named: "finish") {
        store.finish()
        continuation.resume()
      }
    } catch {
      fatalError("\(error)")
    }
  }
}

/// All that a journal tells.
func entries(of journal: JournalReader) throws -> [JournalEntry] {
  var entries: [JournalEntry] = []
  try journal.forEach { entries.append($0) }
  return entries
}
