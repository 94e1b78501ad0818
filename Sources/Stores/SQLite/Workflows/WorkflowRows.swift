import Foundations
import Model
import SQLite

extension Workflow {
  /// The columns that `init` reads, in its order; the row comes last.
  fileprivate static let columns: SQL = """
    id, name, description, status, definition, version, is_template, created_at, updated_at,
    last_executed_at, archived_at, row
    """

  fileprivate init(_ row: borrowing Row) throws {
    self.init(
      id: try row[0], name: try row[1], description: try row[2], status: try row[3],
      definition: try JSONReader.read(row.value(4, as: String.self)), version: try row[5],
      createdAt: try row[7], updatedAt: try row[8])
    isTemplate = try row[6]
    lastExecutedAt = try row[9]
    archivedAt = try row[10]
  }
}

extension CatalogueQueries {
  func workflow(_ id: WorkflowID) throws -> Workflow? {
    try one("SELECT " + Workflow.columns + " FROM workflow WHERE id = ?1", id) {
      try Workflow($0)
    }
  }

  func workflows(
    _ filter: WorkflowFilter, after cursor: PageCursor?, atMost count: Int
  ) throws -> Page<Workflow> {
    precondition(count > 0, "a page has room")
    try cursor?.check(for: ListName.workflows)
    let statement = Self.statement(filter, cursor, count)
    let found = try all(statement.sql, with: statement.parameters) { row in
      (item: try Workflow(row), row: try row[11] as Int64)
    }
    return Page(found, atMost: count, of: ListName.workflows) {
      .integer($0.updatedAt.microseconds)
    }
  }

  static func statement(
    _ filter: WorkflowFilter, _ cursor: PageCursor?, _ count: Int
  ) -> (sql: SQL, parameters: [(any SQLEncodable)?]) {
    var parts = SQLParts()
    parts.add("(archived_at IS NULL) = ", !filter.isArchived)
    if let status = filter.status { parts.add("status = ", status) }
    if let isTemplate = filter.isTemplate { parts.add("is_template = ", isTemplate) }
    if let cursor {
      let place = "(" + parts.place(cursor.key) + ", " + parts.place(cursor.row) + ")"
      parts.add("(updated_at, row) < " + place)
    }
    let sql: SQL =
      "SELECT " + Workflow.columns + " FROM workflow WHERE "
      + .joined(parts.conditions, by: " AND ")
      + " ORDER BY updated_at DESC, row DESC LIMIT " + parts.place(count + 1)
    return (sql, parts.parameters)
  }

  func versions(of workflow: WorkflowID) throws -> [WorkflowVersion] {
    try all(
      """
      SELECT number, definition, saved_at FROM workflow_version
      WHERE workflow = ?1 ORDER BY number DESC
      """, row(of: workflow)
    ) { row in
      WorkflowVersion(
        workflow: workflow, number: try row[0],
        definition: try JSONReader.read(row.value(1, as: String.self)), savedAt: try row[2])
    }
  }
}

extension CatalogueWriter {
  func putWorkflow(_ workflow: Workflow) throws -> Workflow {
    var workflow = workflow
    if let known = try self.workflow(workflow.id) {
      let isChanged = known.definition != workflow.definition
      workflow.version = known.version + (isChanged ? 1 : 0)
      workflow.lastExecutedAt = [known.lastExecutedAt, workflow.lastExecutedAt].compactMap { $0 }
        .max()
    }
    try keep(workflow)
    try tell(.workflow(workflow))
    return workflow
  }

  /// Keeps a workflow as it is, with its definition among the versions.
  func keep(_ workflow: Workflow) throws {
    try run(
      """
      INSERT INTO workflow (id, name, description, status, definition, version, is_template,
        created_at, updated_at, last_executed_at, archived_at)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
      ON CONFLICT (id) DO UPDATE SET name = ?2, description = ?3, status = ?4, definition = ?5,
        version = ?6, is_template = ?7, created_at = ?8, updated_at = ?9, last_executed_at = ?10,
        archived_at = ?11
      """, workflow.id, workflow.name, workflow.description, workflow.status,
      workflow.definition.text(), workflow.version, workflow.isTemplate, workflow.createdAt,
      workflow.updatedAt, workflow.lastExecutedAt, workflow.archivedAt)
    try run(
      "INSERT OR IGNORE INTO workflow_version VALUES (?1, ?2, ?3, ?4)", row(of: workflow.id),
      workflow.version, workflow.definition.text(), workflow.updatedAt)
  }

  func deleteWorkflow(_ id: WorkflowID) throws {
    let row = try row(of: id)
    let assets = try all(
      "SELECT DISTINCT asset FROM association WHERE workflow = ?1", row
    ) { try $0[0] as Int64 }
    try changing(assets) { try run("DELETE FROM workflow WHERE row = ?1", row) }
    try tell(.workflowDeleted(id))
  }
}
