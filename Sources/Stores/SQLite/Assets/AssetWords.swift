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

/// All that an asset is found by and counted under, to see what a change has changed.
struct AssetWords {
  private(set) var words: Set<AssetWord> = []
  private(set) var texts = AssetTexts()
  let counts: AssetCounts
  var isDeleted: Bool { counts.isDeleted }
  let addedAt: Timestamp

  /// What content is found by that just came.
  init(_ new: NewAsset) {
    counts = AssetCounts(new)
    addedAt = new.addedAt
    add(new.facts, new.source, new.user)
    if let generation = new.generation {
      add(generation.provider, generation.model, generation.prompt)
    }
    texts.name = new.name
  }

  init(_ asset: AssetRow, _ session: some CatalogueQueries) throws {
    counts = AssetCounts(asset)
    addedAt = asset.asset.addedAt
    let notes = asset.asset.notes
    add(asset.asset.facts, asset.asset.source, asset.asset.user)
    add(.rating, notes.rating.map(String.init))
    if notes.isFavourite { add(.favourite, "") }
    if asset.origins > 1 { add(.duplicated, "") }
    for tag in notes.tags { add(.tag, tag) }
    for value in ExtraValue.all(in: notes.extra) { words.insert(AssetWord(value)) }
    try session.each(
      "SELECT provider, model, prompt FROM generation WHERE asset = ?1 ORDER BY row", asset.row
    ) { row in
      add(try row[0], try row[1], try row[2])
    }
    texts.name = asset.asset.name
    texts.notes = notes.text
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

  private mutating func add(_ facts: AssetFacts, _ source: AssetSource, _ user: String?) {
    add(.kind, facts.kind.rawValue)
    add(.source, source.rawValue)
    add(.format, facts.format)
    add(.codec, facts.codec)
    add(.user, user)
  }

  private mutating func add(_ provider: String?, _ model: String?, _ prompt: String?) {
    add(.provider, provider)
    add(.model, model)
    texts.add(prompt: prompt)
  }

  private mutating func add(_ facet: AssetWord.Facet, _ text: String?) {
    if let text { words.insert(AssetWord(facet, text)) }
  }
}

extension CatalogueWriter {
  /// Makes a change of an asset, and has what it is found by brought into line.
  func changing(_ row: Int64, _ change: () throws -> Void) throws {
    try changing([row], change)
  }

  /// Makes a change of some assets, and has what they are found by brought into line.
  func changing(_ rows: [Int64], _ change: () throws -> Void) throws {
    let before = try rows.map { try AssetWords(asset(ofRow: $0), self) }
    try change()
    for (row, words) in zip(rows, before) {
      try group.change(
        words, AssetWords(asset(ofRow: row), self), row, on: connection)
    }
  }
}
