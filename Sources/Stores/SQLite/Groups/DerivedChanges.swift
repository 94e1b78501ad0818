import Foundations
import Model
import SQLite

/// Changes of what is derived from the tables of assets, in their order.
struct DerivedChanges {
  /// An asset is found by a word from now on, or not any more.
  private struct Facet {
    let word: AssetWord
    let isAdded: Bool
    let isDeleted: Bool
    let addedAt: Timestamp
    let row: Int64
    let size: Int64
  }

  private var facets: [Facet] = []
  private var counts: [CountName: Count] = [:]
  private var texts = TextChanges()

  /// How many there are.
  var changes: Int { facets.count + texts.count }

  mutating func append(_ other: DerivedChanges) {
    facets += other.facets
    for (name, count) in other.counts { counts[name, default: Count()] += count }
    texts.append(other.texts)
  }

  mutating func add(_ word: AssetWord, _ place: AssetWords, _ row: Int64) {
    facets.append(facet(word, place, row, isAdded: true))
  }

  mutating func remove(_ word: AssetWord, _ place: AssetWords, _ row: Int64) {
    facets.append(facet(word, place, row, isAdded: false))
  }

  private func facet(
    _ word: AssetWord, _ place: AssetWords, _ row: Int64, isAdded: Bool
  ) -> Facet {
    Facet(
      word: word, isAdded: isAdded, isDeleted: place.isDeleted, addedAt: place.addedAt, row: row,
      size: place.counts.size)
  }

  mutating func count(_ asset: AssetCounts) {
    asset.each { counts[$0, default: Count()] += $1 }
  }

  mutating func uncount(_ asset: AssetCounts) {
    asset.each { counts[$0, default: Count()] += -$1 }
  }

  mutating func put(_ texts: AssetTexts, _ row: Int64, isNew: Bool) {
    self.texts.append(isNew ? .insertion(texts) : .update(texts), row)
  }

  mutating func removeTexts(_ row: Int64) { texts.append(.deletion, row) }

  // MARK: - to the tables

  /// Brings the tables into line.
  func write(on session: some Queries) throws {
    try writeFacets(session)
    try writeCounts(session)
    try texts.write(on: session)
  }

  private func writeFacets(_ session: some Queries) throws {
    var ids: [AssetWord: Int64] = [:]
    var living: [Int64: Count] = [:]
    var deleted: [Int64: Int64] = [:]
    for facet in facets {
      let id = try ids[facet.word] ?? Self.id(of: facet.word, session)
      ids[facet.word] = id
      guard try Self.write(facet, id, session) else { continue }
      let one = Count(count: 1, bytes: facet.size)
      if facet.isDeleted {
        deleted[id, default: 0] += facet.isAdded ? 1 : -1
      } else {
        living[id, default: Count()] += facet.isAdded ? one : -one
      }
    }
    for id in ids.values.sorted() {
      let count = living[id] ?? Count()
      try session.run(
        "UPDATE word SET count = count + ?2, bytes = bytes + ?3, deleted = deleted + ?4 WHERE id = ?1",
        id, count.count, count.bytes, deleted[id] ?? 0)
    }
  }

  /// False where it was so already.
  private static func write(
    _ facet: Facet, _ id: Int64, _ session: some Queries
  ) throws -> Bool {
    if facet.isAdded {
      return try session.run(
        "INSERT OR IGNORE INTO facet VALUES (?1, ?2, ?3, ?4)", id, facet.isDeleted,
        facet.addedAt, facet.row) > 0
    }
    return try session.run(
      "DELETE FROM facet WHERE word = ?1 AND is_deleted = ?2 AND added_at = ?3 AND asset = ?4",
      id, facet.isDeleted, facet.addedAt, facet.row) > 0
  }

  private static func id(of word: AssetWord, _ session: some Queries) throws -> Int64 {
    let known = try session.value(
      "SELECT id FROM word WHERE facet = ?1 AND text = ?2", word.facet, word.text, as: Int64.self)
    if let known { return known }
    try session.run("INSERT INTO word (facet, text) VALUES (?1, ?2)", word.facet, word.text)
    return session.lastInsertedRow
  }

  private func writeCounts(_ session: some Queries) throws {
    for (name, count) in counts {
      switch name {
      case .sort(let sort, let text):
        try session.run(
          """
          INSERT INTO tally VALUES (?1, ?2, ?3, ?4)
          ON CONFLICT DO UPDATE SET count = count + excluded.count, bytes = bytes + excluded.bytes
          """, sort, text, count.count, count.bytes)
      case .day(let day):
        try session.run(
          """
          INSERT INTO day VALUES (?1, ?2, ?3)
          ON CONFLICT DO UPDATE SET count = count + excluded.count, bytes = bytes + excluded.bytes
          """, day, count.count, count.bytes)
      }
    }
  }
}
