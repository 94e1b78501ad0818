import Foundations
import Model
import SQLite

extension Run {
  /// The columns that `init` reads, in its order; the row comes last.
  fileprivate static let columns: SQL = """
    id, user, created_at, schema, mode, input_text, transformed_text, status, stage, step,
    expected_outputs, error, deleted_at, archived_at, row
    """

  fileprivate init(_ row: borrowing Row) throws {
    self.init(
      id: try row[0], user: try row[1], createdAt: try row[2], schema: try row[3],
      mode: try row[4], inputText: try row[5], transformedText: try row[6])
    state.status = try row[7]
    state.stage = try row[8]
    state.step = try row[9]
    state.expectedOutputs = try row.value(10, as: TextList.self).texts
    state.error = try row[11]
    deletedAt = try row[12]
    archivedAt = try row[13]
  }
}

extension CatalogueQueries {
  func run(_ id: RunID) throws -> Run? {
    try one("SELECT " + Run.columns + " FROM run WHERE id = ?1", id) { try Run($0) }
  }

  func runs(
    _ filter: RunFilter, after cursor: PageCursor?, atMost count: Int
  ) throws -> Page<Run> {
    precondition(count > 0, "a page has room")
    try cursor?.check(for: ListName.runs)
    let statement = Self.statement(filter, cursor, count)
    let found = try all(statement.sql, with: statement.parameters) { row in
      (item: try Run(row), row: try row[14] as Int64)
    }
    return Page(found, atMost: count, of: ListName.runs) {
      .integer($0.createdAt.microseconds)
    }
  }

  static func statement(
    _ filter: RunFilter, _ cursor: PageCursor?, _ count: Int
  ) -> (sql: SQL, parameters: [(any SQLEncodable)?]) {
    var parts = SQLParts()
    parts.add("(deleted_at IS NULL) = ", !filter.isDeleted)
    if let user = filter.user { parts.add("user = ", user) }
    if let schema = filter.schema { parts.add("schema = ", schema) }
    if let mode = filter.mode { parts.add("mode = ", mode) }
    if let status = filter.status { parts.add("status = ", status) }
    if let from = filter.from { parts.add("created_at >= ", from) }
    if let to = filter.to { parts.add("created_at <= ", to) }
    if let isArchived = filter.isArchived { parts.add("(archived_at IS NOT NULL) = ", isArchived) }
    if let cursor {
      let place = "(" + parts.place(cursor.key) + ", " + parts.place(cursor.row) + ")"
      parts.add("(created_at, row) < " + place)
    }
    let sql: SQL =
      "SELECT " + Run.columns + " FROM run WHERE " + .joined(parts.conditions, by: " AND ")
      + " ORDER BY created_at DESC, row DESC LIMIT " + parts.place(count + 1)
    return (sql, parts.parameters)
  }

  func outputs(of run: RunID) throws -> [RunOutput] {
    try all(
      """
      SELECT ordinal, type, filename, asset.id, o.blob, o.added_at, details
      FROM run_output AS o LEFT JOIN asset ON asset.row = o.asset
      WHERE o.run = ?1 ORDER BY ordinal
      """, row(of: run)
    ) { row in
      RunOutput(
        run: run, ordinal: try row[0], type: try row[1], filename: try row[2], asset: try row[3],
        blob: try row[4], addedAt: try row[5], details: try row[6])
    }
  }
}

extension CatalogueWriter {
  func putRun(_ run: Run, outputs: [RunOutput]) throws {
    let row = try keep(run)
    let known = try self.outputs(of: run.id)
    // Only what differs is written.
    let wanted = Dictionary(outputs.map { ($0.ordinal, $0) }, uniquingKeysWith: { $1 })
    for output in known where wanted[output.ordinal] != output {
      try self.run(
        "DELETE FROM run_output WHERE run = ?1 AND ordinal = ?2", row, output.ordinal)
    }
    for output in wanted.values.sorted(by: { $0.ordinal < $1.ordinal })
    where !known.contains(output) {
      try insert(output, row)
    }
  }

  func addOutputs(_ outputs: [RunOutput], to run: Run) throws {
    let row = try keep(run)
    guard let first = outputs.first?.ordinal else { return }
    try self.run("DELETE FROM run_output WHERE run = ?1 AND ordinal >= ?2", row, first)
    for output in outputs { try insert(output, row) }
  }

  /// Keeps a run without its outputs; gives its row.
  private func keep(_ run: Run) throws -> Int64 {
    try self.run(
      """
      INSERT INTO run (id, user, created_at, schema, mode, input_text, transformed_text, status,
        stage, step, expected_outputs, error, deleted_at, archived_at)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
      ON CONFLICT (id) DO UPDATE SET user = ?2, created_at = ?3, schema = ?4, mode = ?5,
        input_text = ?6, transformed_text = ?7, status = ?8, stage = ?9, step = ?10,
        expected_outputs = ?11, error = ?12, deleted_at = ?13, archived_at = ?14
      """, run.id, run.user, run.createdAt, run.schema, run.mode, run.inputText,
      run.transformedText, run.state.status, run.state.stage, run.state.step,
      TextList(run.state.expectedOutputs), run.state.error, run.deletedAt, run.archivedAt)
    return try row(of: run.id)
  }

  private func insert(_ output: RunOutput, _ run: Int64) throws {
    let asset = try output.asset.map { try row(of: $0) }
    try self.run(
      "INSERT INTO run_output VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", run, output.ordinal,
      output.type, output.filename, asset, output.blob, output.addedAt,
      JSONValue.object(output.details).text())
  }

  func purgeRun(_ id: RunID) throws {
    try run("DELETE FROM run WHERE row = ?1", row(of: id))
  }
}
