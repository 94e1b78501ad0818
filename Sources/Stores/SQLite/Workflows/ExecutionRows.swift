import Foundations
import Model
import SQLite

extension Execution {
  fileprivate static let selection: SQL = """
    SELECT e.id, workflow.id, e.status, started_at, completed_at, error, data, e.row
    FROM execution AS e CROSS JOIN workflow ON workflow.row = e.workflow
    """

  fileprivate init(_ row: borrowing Row) throws {
    self.init(
      id: try row[0], workflow: try row[1], status: try row[2], startedAt: try row[3])
    completedAt = try row[4]
    error = try row[5]
    data = try row[6]
  }
}

extension CatalogueQueries {
  func execution(_ id: ExecutionID) throws -> Execution? {
    try one(Execution.selection + " WHERE e.id = ?1", id) { try Execution($0) }
  }

  func executions(
    of workflow: WorkflowID, after cursor: PageCursor?, atMost count: Int
  ) throws -> Page<Execution> {
    precondition(count > 0, "a page has room")
    try cursor?.check(for: ListName.executions)
    var parts = SQLParts()
    parts.add("e.workflow = ", try row(of: workflow))
    if let cursor {
      let place = "(" + parts.place(cursor.key) + ", " + parts.place(cursor.row) + ")"
      parts.add("(started_at, e.row) < " + place)
    }
    let sql: SQL =
      Execution.selection + " WHERE " + .joined(parts.conditions, by: " AND ")
      + " ORDER BY started_at DESC, e.row DESC LIMIT " + parts.place(count + 1)
    let found = try all(sql, with: parts.parameters) { row in
      (item: try Execution(row), row: try row[7] as Int64)
    }
    return Page(found, atMost: count, of: ListName.executions) {
      .integer($0.startedAt.microseconds)
    }
  }
}

extension CatalogueWriter {
  func putExecution(_ execution: Execution) throws {
    let workflow = try row(of: execution.workflow)
    if let known = try self.execution(execution.id), known.workflow != execution.workflow {
      throw ModelFailure.conflict("workflow's execution", execution.id)
    }
    try run(
      """
      INSERT INTO execution (id, workflow, status, started_at, completed_at, error, data)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
      ON CONFLICT (id) DO UPDATE SET status = ?3, started_at = ?4, completed_at = ?5, error = ?6,
        data = ?7
      """, execution.id, workflow, execution.status, execution.startedAt, execution.completedAt,
      execution.error, execution.data)
    try run(
      """
      UPDATE workflow SET last_executed_at = max(ifnull(last_executed_at, ?2), ?2) WHERE row = ?1
      """, workflow, execution.startedAt)
    try tell(.execution(execution))
  }
}
