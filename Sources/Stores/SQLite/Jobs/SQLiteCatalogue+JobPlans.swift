package import Model
import SQLite

/// The plans of what is asked about jobs, so that tests see that nothing looks through all of them.
extension SQLiteCatalogue {
  /// How each question of the rules is answered, by its name.
  package func jobPlans() throws -> [(name: String, plan: String)] {
    try database.read { connection in
      let session = CatalogueReader(connection: connection, limits: limits)
      return try JobStatements.all.map { ($0.name, try session.queryPlan(of: $0.sql)) }
    }
  }

  /// How a list is walked from the newest job on.
  package func plan(_ filter: JobFilter, after row: Int64?) throws -> String {
    try database.read { connection in
      let session = CatalogueReader(connection: connection, limits: limits)
      return try session.queryPlan(of: session.statement(filter, after: row, atMost: 100).sql)
    }
  }
}
