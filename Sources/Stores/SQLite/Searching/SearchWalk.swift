import Foundations
import Model
import SQLite

/// The way through the texts to one page of hits.
struct SearchWalk {
  /// One text that answers.
  struct Found {
    let row: Int64
    let score: Double
    /// What was found in each field, where the walk itself tells it.
    var snippets: [String?]?

    func cursor(_ list: String, _ ranking: SearchRanking) -> PageCursor {
      PageCursor(list: list, key: ranking == .best ? .real(score) : .nothing, row: row)
    }
  }

  private let text: String
  private let conditions: AssetConditions
  private let cursor: PageCursor?
  private let count: Int
  private let limits: WalkLimits

  init(
    _ text: String, _ conditions: AssetConditions, after cursor: PageCursor?, atMost count: Int,
    _ limits: WalkLimits
  ) {
    self.limits = limits
    self.text = text
    self.conditions = conditions
    self.cursor = cursor
    self.count = count
  }

  /// What answers, in the order of the ranking.
  func found(_ ranking: SearchRanking, _ session: some CatalogueQueries) throws -> [Found] {
    let statement = statement(ranking)
    return try session.all(statement.sql, with: statement.parameters) { row in
      var found = Found(row: try row[0], score: try row[1])
      if row.count > 2 { found.snippets = try (2..<row.count).map { try row[$0] } }
      return found
    }
  }

  /// Some words around the first place in each field, with a mark at it.
  static let snippets: SQL = """
    snippet(text, 0, char(1), '', '…', 24), snippet(text, 1, char(1), '', '…', 24),
    snippet(text, 2, char(1), '', '…', 24),
    iif(transcript IS NULL, NULL, snippet(text, 3, char(1), '', '…', 24)),
    iif(screen IS NULL, NULL, snippet(text, 4, char(1), '', '…', 24))
    """

  func statement(_ ranking: SearchRanking) -> (sql: SQL, parameters: [(any SQLEncodable)?]) {
    var parts = conditions.rest
    let (from, row, isWalk) = source(&parts)
    switch ranking {
    case .newest:
      if let cursor { parts.add(row + " < ", cursor.row) }
      let sql =
        "SELECT " + row + ", 0.0" + (isWalk ? ", " + Self.snippets : "") + " " + from
        + parts.joined + " ORDER BY " + row + " DESC LIMIT " + parts.place(count)
      return (sql, parts.parameters)
    case .best:
      // Weights in the order of the fields: a word in the name says more than one in a transcript.
      let weighed =
        "SELECT " + row + " AS row, bm25(text, 4.0, 2.0, 3.0, 1.0, 1.0) AS score " + from
        + parts.joined + " ORDER BY " + row + " DESC LIMIT " + parts.place(limits.weighedAtMost)
      var place: SQL = ""
      if let cursor {
        place =
          " WHERE (score, -row) > (" + parts.place(cursor.key) + ", " + parts.place(-cursor.row)
          + ")"
      }
      let sql =
        "SELECT row, score FROM (" + weighed + ")" + place
        + " ORDER BY score, row DESC LIMIT " + parts.place(count)
      return (sql, parts.parameters)
    }
  }

  /// Where rows come from, what they are called there, and whether they come in their order.
  private func source(_ parts: inout SQLParts) -> (from: SQL, row: SQL, isWalk: Bool) {
    let isThere: SQL = conditions.isDeleted ? "a.deleted_at IS NOT NULL" : "a.deleted_at IS NULL"
    conditions.addTimes(to: &parts, "a.added_at")
    let rarest = conditions.words.min { $0.count < $1.count }
    if let rarest, rarest.count <= limits.askedAtMost, conditions.run == nil {
      let words = SQL.joined(rarest.words.map { parts.place($0) }, by: ", ")
      let from: SQL =
        "FROM facet AS d CROSS JOIN asset AS a ON a.row = d.asset"
        + " CROSS JOIN text ON text.rowid = a.row WHERE d.word IN (" + words
        + ") AND d.is_deleted = (a.deleted_at IS NOT NULL) AND " + isThere + " AND text MATCH "
        + parts.place(text)
      conditions.addWords(to: &parts, but: rarest)
      return (from, "d.asset", false)
    }
    let from: SQL =
      "FROM text CROSS JOIN asset AS a ON a.row = text.rowid WHERE text MATCH " + parts.place(text)
      + " AND " + isThere
    conditions.addWords(to: &parts)
    if let rarest, rarest.count <= limits.gatheredAtMost { gather(rarest, &parts) }
    if let run = conditions.run {
      parts.add(
        """
        a.row IN (
          SELECT asset FROM run CROSS JOIN run_output ON run_output.run = run.row WHERE run.id =
        """ + " " + parts.place(run) + ")")
    }
    return (from, "text.rowid", true)
  }

  /// Has texts looked at before their assets are: only those of a word, from its last row on.
  private func gather(_ group: AssetConditions.AnyOf, _ parts: inout SQLParts) {
    let words = SQL.joined(group.words.map { parts.place($0) }, by: ", ")
    let deleted: SQL = conditions.isDeleted ? "1" : "0"
    let from: SQL = " FROM facet WHERE word IN (" + words + ") AND is_deleted = " + deleted + ")"
    parts.add("text.rowid <= (SELECT max(asset)" + from)
    // The sign keeps SQLite from asking for each of them in turn.
    parts.add("+text.rowid IN (SELECT asset" + from)
  }

}
