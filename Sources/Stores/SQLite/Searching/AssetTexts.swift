import Model
import SQLite

/// The texts by which an asset is found.
struct AssetTexts: Equatable {
  /// The kinds of text that others make of an asset.
  static let kinds = ["transcript", "screen"]

  /// The columns of the search, in its order.
  static let fields = ["name", "prompt", "notes"] + kinds

  var name = ""
  private(set) var prompt: String?
  var notes: String?
  private(set) var transcript: String?
  private(set) var screen: String?

  mutating func add(prompt text: String?) {
    guard let text else { return }
    prompt = prompt.map { $0 + "\n" + text } ?? text
  }

  mutating func set(_ kind: String, _ text: String) {
    switch kind {
    case "transcript": transcript = text
    case "screen": screen = text
    default: break
    }
  }

  /// The texts in the order of the fields.
  var all: [String?] { [name, prompt, notes, transcript, screen] }
}

extension CatalogueWriter {
  /// Puts the texts of an asset into the search.
  func keep(_ texts: AssetTexts, of row: Int64, isNew: Bool) throws {
    let columns = texts.all.map { $0.map(SearchText.separated) }
    if isNew {
      try run(
        """
        INSERT INTO text (rowid, name, prompt, notes, transcript, screen)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        """, row, columns[0], columns[1], columns[2], columns[3], columns[4])
    } else {
      try run(
        """
        UPDATE text SET name = ?2, prompt = ?3, notes = ?4, transcript = ?5, screen = ?6
        WHERE rowid = ?1
        """, row, columns[0], columns[1], columns[2], columns[3], columns[4])
    }
    let forms = Set(texts.all.compactMap { $0 }.flatMap { SearchText.forms(in: $0) })
    guard !forms.isEmpty else { return }
    let new = try all(
      """
      INSERT OR IGNORE INTO form (form) SELECT value FROM json_each(?1) RETURNING id, form
      """, TextList(forms.sorted())
    ) { (try $0[0] as Int64, try $0[1] as String) }
    // Not by a trigger, which may not write to the index of a schema that is not trusted.
    for (id, form) in new {
      try run("INSERT INTO form_part (rowid, form) VALUES (?1, ?2)", id, form)
    }
  }
}
