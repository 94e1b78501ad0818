package import Foundations
package import Model
import Synchronization

/// A catalogue in memory, as plain as can be: the model that other stores are compared with, and a
/// catalogue for the tests of what stands on one.
package final class InMemoryCatalogue: CatalogueStore {
  private let state = Mutex(MemoryState())

  /// An empty catalogue.
  package init() {}

  package func write<R: Sendable>(
    _ body: @escaping @Sendable (any CatalogueTransaction) throws -> R
  ) throws -> R {
    try state.withLock { state in
      let session = MemorySession(state)
      let result = try body(session)
      state = session.state
      return result
    }
  }

  package func read<R>(
    stop: StopFlag?, _ body: (any CatalogueReading) throws -> R
  ) throws -> R {
    try stop?.check()
    return try body(MemorySession(state.withLock { $0 }))
  }

  package func problems(stop: StopFlag?) -> [String] { [] }

  package func backUp(to path: FilePath, progress: ProgressSink, stop: StopFlag?) throws {
    throw ModelFailure(.modelBadValue, "a catalogue in memory cannot be backed up")
  }

  package func finish() {}

  /// What the journal would tell, in order.
  package var journal: [JournalEntry] { state.withLock { $0.journal } }
}
