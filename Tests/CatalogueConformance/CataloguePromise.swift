package import Foundations
package import Model
import Stores
import Testing

/// One thing that every catalogue promises.
package struct CataloguePromise: Sendable, CustomTestStringConvertible {
  /// An empty catalogue to try a promise with.
  package struct Subject: Sendable {
    /// The catalogue.
    package let store: any CatalogueStore
    /// What its journal tells.
    package let journal: @Sendable () throws -> [JournalEntry]

    /// A catalogue, and the way to its journal.
    package init(
      _ store: any CatalogueStore, journal: @escaping @Sendable () throws -> [JournalEntry]
    ) {
      self.store = store
      self.journal = journal
    }

    /// Adds content of a number.
    @discardableResult
    package func add(
      _ number: Int, _ change: (inout NewAsset) -> Void = { _ in }
    ) throws -> AddedAsset {
      var new = Sample.asset(number)
      change(&new)
      let id = try Sample.assetID(number)
      return try store.write { [new] in try $0.addAsset(new, id: id) }
    }

    /// The ids of a page's assets.
    package func ids(
      _ filter: AssetFilter = AssetFilter(), _ order: AssetOrder = .newest, atMost count: Int = 100
    ) throws -> [String] {
      try store.read { try $0.assets(filter, order, after: nil, atMost: count) }
        .items.map(\.id.text)
    }

    /// The ids of all that answers a query.
    package func hits(
      _ text: String, _ filter: AssetFilter = AssetFilter(), _ ranking: SearchRanking = .newest
    ) throws -> [String] {
      let query = try TextQuery(text)
      return try store.read {
        try $0.search(query, filter, ranking, after: nil, atMost: 100)
      }.items.map(\.asset.id.text)
    }
  }

  /// The promise.
  package let testDescription: String
  /// Tries it.
  package let check: @Sendable (Subject) async throws -> Void

  init(_ promise: String, _ check: @escaping @Sendable (Subject) async throws -> Void) {
    testDescription = promise
    self.check = check
  }

  /// All promises.
  package static var all: [CataloguePromise] {
    Adding.promises + Changing.promises + Deleting.promises + Paging.promises
      + Filtering.promises + Searching.promises + Generations.promises + Runs.promises
      + Workflows.promises + Counting.promises + Journalling.promises
  }
}

/// The code of the failure that a body ends with, nil where it ends well.
package func failureCode<R>(_ body: () throws -> R) -> FailureCode? {
  do {
    _ = try body()
    return nil
  } catch {
    return error.asFailure.code
  }
}
