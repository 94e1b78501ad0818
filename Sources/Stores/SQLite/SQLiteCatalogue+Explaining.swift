package import Model
import SQLite

/// The plans of its queries, so that tests see that no list looks through a whole table.
extension SQLiteCatalogue {
  /// How a page of assets would be found, a step a line.
  package func plans(
    _ filter: AssetFilter, _ order: AssetOrder, after cursor: PageCursor?
  ) throws -> [String] {
    try database.read { connection in
      let session = CatalogueReader(connection: connection, limits: limits)
      let conditions = try AssetConditions(filter, session)
      let walk = AssetWalk(conditions, order, after: cursor, atMost: 100)
      return try walk.statements(session).map { try session.queryPlan(of: $0.sql) }
    }
  }

  /// How a page of hits would be found.
  package func plan(
    _ query: TextQuery, _ filter: AssetFilter, _ ranking: SearchRanking, after cursor: PageCursor?
  ) throws -> String {
    try database.read { connection in
      let session = CatalogueReader(connection: connection, limits: limits)
      let conditions = try AssetConditions(filter, session)
      let text = try TextMatch(query, session).text ?? ""
      let walk = SearchWalk(text, conditions, after: cursor, atMost: 100, limits)
      return try session.queryPlan(of: walk.statement(ranking).sql)
    }
  }

  /// How a page of runs would be found.
  package func plan(_ filter: RunFilter, after cursor: PageCursor?) throws -> String {
    try database.read { connection in
      try CatalogueReader(connection: connection, limits: limits).queryPlan(
        of: CatalogueReader.statement(filter, cursor, 100).sql)
    }
  }

  /// How a page of workflows would be found.
  package func plan(_ filter: WorkflowFilter, after cursor: PageCursor?) throws -> String {
    try database.read { connection in
      try CatalogueReader(connection: connection, limits: limits).queryPlan(
        of: CatalogueReader.statement(filter, cursor, 100).sql)
    }
  }
}
