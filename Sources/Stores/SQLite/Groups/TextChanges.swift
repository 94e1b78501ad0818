import Model
import SQLite

/// Changes of the texts by which assets are found, in their order.
struct TextChanges {
  enum Change {
    case insertion(AssetTexts)
    case update(AssetTexts)
    case deletion
  }

  private var changes: [(row: Int64, change: Change)] = []

  /// How many there are.
  var count: Int { changes.count }

  mutating func append(_ change: Change, _ row: Int64) { changes.append((row, change)) }

  mutating func append(_ other: TextChanges) { changes += other.changes }

  /// Brings the search into line.
  func write(on session: some Queries) throws {
    var forms: Set<String> = []
    for (row, change) in changes {
      switch change {
      case .insertion(let texts):
        try Self.write(
          """
          INSERT INTO text (rowid, name, prompt, notes, transcript, screen)
          VALUES (?1, ?2, ?3, ?4, ?5, ?6)
          """, row, texts, session, &forms)
      case .update(let texts):
        try Self.write(
          """
          UPDATE text SET name = ?2, prompt = ?3, notes = ?4, transcript = ?5, screen = ?6
          WHERE rowid = ?1
          """, row, texts, session, &forms)
      case .deletion: try session.run("DELETE FROM text WHERE rowid = ?1", row)
      }
    }
    if !forms.isEmpty { try Self.write(forms, session) }
  }

  private static func write(
    _ sql: SQL, _ row: Int64, _ texts: AssetTexts, _ session: some Queries,
    _ forms: inout Set<String>
  ) throws {
    let columns = texts.all.map { $0.map(SearchText.separated) }
    try session.run(sql, row, columns[0], columns[1], columns[2], columns[3], columns[4])
    for text in texts.all { if let text { forms.formUnion(SearchText.forms(in: text)) } }
  }

  /// Adds words to those of which parts are looked for.
  private static func write(_ forms: Set<String>, _ session: some Queries) throws {
    let new = try session.all(
      """
      INSERT OR IGNORE INTO form (form) SELECT value FROM json_each(?1) RETURNING id, form
      """, TextList(forms.sorted())
    ) { (try $0[0] as Int64, try $0[1] as String) }
    // Not by a trigger, which may not write to the index of a schema that is not trusted.
    for (id, form) in new {
      try session.run("INSERT INTO form_part (rowid, form) VALUES (?1, ?2)", id, form)
    }
  }
}
