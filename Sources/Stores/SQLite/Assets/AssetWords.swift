import Foundations
import Model
import SQLite
import Sniffing

/// One word that an asset can be filtered by: a kind, a model, a tag.
struct AssetWord: Hashable {
  /// What sort of word it is.
  enum Facet: String, SQLEncodable {
    case kind, source, format, codec, user, rating, favourite, duplicated, tag, provider, model,
      workflow
    /// A value of the extra metadata.
    case extra
  }

  let facet: Facet
  let text: String

  init(_ facet: Facet, _ text: String) {
    self.facet = facet
    self.text = text
  }

  init(_ value: ExtraValue) { self.init(.extra, "\(value.path)\u{0}\(value.text)") }
}

/// All that an asset is found by, to see what a change has changed.
struct AssetWords {
  var words: Set<AssetWord> = []
  var texts = AssetTexts()
  let isDeleted: Bool
  let addedAt: Timestamp

  /// - Parameter isNew: whether nobody can have said more of the asset than how it was made.
  init(_ asset: AssetRow, _ session: some CatalogueQueries, isNew: Bool = false) throws {
    isDeleted = asset.asset.deletedAt != nil
    addedAt = asset.asset.addedAt
    let (facts, notes) = (asset.asset.facts, asset.asset.notes)
    add(.kind, facts.kind.rawValue)
    add(.source, asset.asset.source.rawValue)
    add(.format, facts.format)
    add(.codec, facts.codec)
    add(.user, asset.asset.user)
    add(.rating, notes.rating.map(String.init))
    if notes.isFavourite { add(.favourite, "") }
    if asset.origins > 1 { add(.duplicated, "") }
    for tag in notes.tags { add(.tag, tag) }
    for value in ExtraValue.all(in: notes.extra) { words.insert(AssetWord(value)) }
    try session.each(
      "SELECT provider, model, prompt FROM generation WHERE asset = ?1 ORDER BY row", asset.row
    ) { row in
      add(.provider, try row[0])
      add(.model, try row[1])
      texts.add(prompt: try row[2])
    }
    texts.name = asset.asset.name
    texts.notes = notes.text
    if isNew { return }
    try session.each(
      """
      SELECT DISTINCT workflow.id FROM association CROSS JOIN workflow ON workflow.row = workflow
      WHERE asset = ?1
      """, asset.row
    ) { add(.workflow, try $0[0]) }
    try session.each("SELECT kind, text FROM asset_text WHERE asset = ?1", asset.row) { row in
      texts.set(try row[0], try row[1])
    }
  }

  private mutating func add(_ facet: AssetWord.Facet, _ text: String?) {
    if let text { words.insert(AssetWord(facet, text)) }
  }
}

extension CatalogueWriter {
  /// Makes a change of an asset, and brings what it is found by into line.
  func changing(_ row: Int64, isNew: Bool = false, _ change: () throws -> Void) throws {
    let before = isNew ? nil : try AssetWords(asset(ofRow: row), self)
    try change()
    try bringIntoLine(row, before)
  }

  /// Makes a change of some assets, and brings what they are found by into line.
  func changing(_ rows: [Int64], _ change: () throws -> Void) throws {
    let before = try rows.map { try AssetWords(asset(ofRow: $0), self) }
    try change()
    for (row, words) in zip(rows, before) { try bringIntoLine(row, words) }
  }

  /// Takes an asset out of all lists by words.
  func forgetWords(of row: Int64) throws {
    let words = try AssetWords(asset(ofRow: row), self)
    for word in words.words { try remove(word, words, row) }
  }

  private func bringIntoLine(_ row: Int64, _ before: AssetWords?) throws {
    let after = try AssetWords(asset(ofRow: row), self, isNew: before == nil)
    if let before {
      let isMoved = before.isDeleted != after.isDeleted
      for word in before.words where isMoved || !after.words.contains(word) {
        try remove(word, before, row)
      }
      for word in after.words where isMoved || !before.words.contains(word) {
        try add(word, after, row)
      }
    } else {
      for word in after.words { try add(word, after, row) }
    }
    if after.texts != before?.texts { try keep(after.texts, of: row, isNew: before == nil) }
  }

  private func add(_ word: AssetWord, _ place: AssetWords, _ row: Int64) throws {
    try run(
      "INSERT OR IGNORE INTO facet VALUES (?1, ?2, ?3, ?4)", id(of: word), place.isDeleted,
      place.addedAt, row)
  }

  private func remove(_ word: AssetWord, _ place: AssetWords, _ row: Int64) throws {
    try run(
      "DELETE FROM facet WHERE word = ?1 AND is_deleted = ?2 AND added_at = ?3 AND asset = ?4",
      id(of: word), place.isDeleted, place.addedAt, row)
  }

  private func id(of word: AssetWord) throws -> Int64 {
    let known = try value(
      "SELECT id FROM word WHERE facet = ?1 AND text = ?2", word.facet, word.text, as: Int64.self)
    if let known { return known }
    try run("INSERT INTO word (facet, text) VALUES (?1, ?2)", word.facet, word.text)
    return lastInsertedRow
  }
}
