import Foundations
import Model
import SQLite

extension Association {
  fileprivate static let selection: SQL = """
    SELECT workflow.id, asset.id, node, node_type, role, execution.id, s.created_at
    FROM association AS s
      CROSS JOIN workflow ON workflow.row = s.workflow
      CROSS JOIN asset ON asset.row = s.asset
      LEFT JOIN execution ON execution.row = s.execution
    """

  fileprivate init(_ row: borrowing Row) throws {
    self.init(
      workflow: try row[0], asset: try row[1], node: try row[2], nodeType: try row[3],
      role: try row[4], execution: try row[5], createdAt: try row[6])
  }
}

extension CatalogueQueries {
  func associations(of workflow: WorkflowID) throws -> [Association] {
    try all(
      Association.selection
        + " WHERE s.workflow = ?1 ORDER BY node, s.created_at DESC, s.row DESC",
      row(of: workflow)
    ) { try Association($0) }
  }

  func associations(of asset: AssetID) throws -> [Association] {
    try all(
      Association.selection + " WHERE s.asset = ?1 ORDER BY s.created_at DESC, s.row DESC",
      row(of: asset)
    ) { try Association($0) }
  }
}

extension CatalogueWriter {
  func associate(_ association: Association) throws {
    let workflow = try row(of: association.workflow)
    let asset = try row(of: association.asset)
    let execution = try association.execution.map { try row(of: $0) }
    if let id = association.execution, try self.execution(id)?.workflow != association.workflow {
      throw ModelFailure(
        .modelConflict, "execution \(id) is not one of workflow \(association.workflow)")
    }
    var isNew = false
    try changing(asset) {
      isNew =
        try run(
          """
          INSERT OR IGNORE INTO association
            (workflow, asset, node, node_type, role, execution, created_at)
          VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
          """, workflow, asset, association.node, association.nodeType, association.role,
          execution, association.createdAt) > 0
    }
    if isNew { try tell(.association(association)) }
  }
}
