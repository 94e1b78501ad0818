package import Foundations
package import Model

extension MediaLibrary {
  /// What is in it, found.
  package var finding: Finding { Finding(library: self) }
}

/// Finds assets: by what they are, by words, by what they look like.
package struct Finding: Sendable {
  /// How many items a page has at most.
  package static let mostItems = 1_000

  /// An asset that looks like another.
  package struct Similar: Sendable, Equatable {
    package let asset: Asset
    /// From 0, the same, to 64.
    package let distance: Int
  }

  let library: MediaLibrary

  static func bounded(_ count: Int) -> Int { max(1, min(count, mostItems)) }

  /// Assets in an order.
  package func list(
    _ filter: AssetFilter = AssetFilter(), _ order: AssetOrder = .newest,
    after cursor: PageCursor? = nil, atMost count: Int = 100, stop: StopFlag? = nil
  ) throws -> Page<Asset> {
    try library.catalogue.read(stop: stop) {
      try $0.assets(filter, order, after: cursor, atMost: Self.bounded(count))
    }
  }

  /// Assets whose texts answer a query.
  package func search(
    _ text: String, _ filter: AssetFilter = AssetFilter(), _ ranking: SearchRanking = .newest,
    after cursor: PageCursor? = nil, atMost count: Int = 100, stop: StopFlag? = nil
  ) throws -> Page<SearchHit> {
    let query = try TextQuery(text)
    return try library.catalogue.read(stop: stop) {
      try $0.search(query, filter, ranking, after: cursor, atMost: Self.bounded(count))
    }
  }

  /// Living assets that look like one, the nearest first, without itself.
  package func similar(
    to id: AssetID, within distance: Int = Likeness.near, atMost count: Int = 100
  ) throws -> [Similar] {
    let asset = try library.asset(id)
    guard let likeness = asset.facts.likeness else { return [] }
    return try similar(to: likeness, within: distance, atMost: count, but: id)
  }

  /// Living assets that look like a likeness, the nearest first.
  package func similar(
    to likeness: Likeness, within distance: Int = Likeness.near, atMost count: Int = 100,
    but id: AssetID? = nil
  ) throws -> [Similar] {
    try library.catalogue.read { catalogue in
      try library.likenesses.refresh(catalogue)
      var found: [Similar] = []
      for near in library.likenesses.near(likeness, within: distance) where near.asset != id {
        // The index does not hear of what is deleted.
        guard let asset = try catalogue.asset(near.asset), asset.deletedAt == nil else { continue }
        found.append(Similar(asset: asset, distance: near.distance))
        if found.count == Self.bounded(count) { break }
      }
      return found
    }
  }

  /// Counts and sizes of all.
  package func statistics() throws -> LibraryStatistics {
    try library.catalogue.read { try $0.statistics() }
  }

  /// How much came in on each day of a span.
  package func growth(from: Timestamp, to: Timestamp) throws -> [DayGrowth] {
    try library.catalogue.read { try $0.growth(from: from, to: to) }
  }
}
