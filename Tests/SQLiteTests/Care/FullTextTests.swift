import SQLite
import Testing

@Suite("Full text")
struct FullTextTests {
  private static let schema = Schema(
    applicationID: 5,
    steps: [
      Migration(
        "words and trigrams",
        """
        CREATE VIRTUAL TABLE words USING fts5 (text, tokenize = "unicode61 remove_diacritics 0");
        CREATE VIRTUAL TABLE grams USING fts5 (text, tokenize = "trigram");
        """)
    ])

  @Test(
    "German, Chinese and Japanese are found",
    arguments: [
      ("words", "größe", "Die Größe des Bildes"), ("words", "GROßE OR riesig", "Große Wälder"),
      ("words", "wäld*", "Große Wälder"), ("grams", "\"風景写\"", "美しい風景写真"),
      ("grams", "\"山水画\"", "一幅中国山水画"), ("grams", "\"förmig\"", "ein kugelförmiger Baum"),
      ("words", "\"große wälder\"", "Große Wälder"),
    ])
  func found(table: String, query: String, text: String) throws {
    let test = try TestDatabase(schema: Self.schema)
    let texts = [
      "Die Größe des Bildes", "Große Wälder", "美しい風景写真", "一幅中国山水画", "ein kugelförmiger Baum",
    ]
    try test.database.write { write in
      for text in texts {
        try write.run("INSERT INTO words VALUES (?1)", text)
        try write.run("INSERT INTO grams VALUES (?1)", text)
      }
    }
    let found = try test.database.read { reading in
      let sql: SQL =
        table == "words"
        ? "SELECT text FROM words WHERE words MATCH ?1 ORDER BY rank"
        : "SELECT text FROM grams WHERE grams MATCH ?1 ORDER BY rank"
      return try reading.all(sql, query) { row in try row[0] as String }
    }
    #expect(found.contains(text))
    #expect(found.count == 1)
  }
}
