import Foundations

/// Brings a database to the version of a schema, step by step, or refuses it.
///
/// Runs in the process's turn, so that of many processes that open at once one migrates.
struct Migrator {
  private let connection: Connection
  private let schema: Schema
  private let options: DatabaseOptions

  init(_ connection: Connection, _ schema: Schema, _ options: DatabaseOptions) {
    self.connection = connection
    self.schema = schema
    self.options = options
  }

  /// The version a database has; a failure where it is not one of this schema.
  func version() throws -> Int {
    let version = try connection.value("PRAGMA user_version", as: Int.self) ?? 0
    let owner = try connection.value("PRAGMA application_id", as: Int32.self) ?? 0
    let isEmpty = try connection.value("SELECT 1 FROM sqlite_schema", as: Int.self) == nil
    guard owner == schema.applicationID || (owner == 0 && version == 0 && isEmpty) else {
      throw SQLiteFailure(
        .databaseForeign, "\(connection.path) is the database of another program",
        hint: "name the right file, or move this one away")
    }
    guard version <= schema.version else {
      throw Schema.newer(connection.path, version, known: schema.version)
    }
    return version
  }

  /// Runs the steps that the database has not seen; it is copied before where it holds anything.
  func migrate(stop: StopFlag?) throws {
    let before = try version()
    guard before < schema.version else { return }
    if before > 0 { try backUp(before: before + 1, stop: stop) }
    // Tables that others refer to can be rebuilt only so; the references are checked at the end of
    // each step. The switch does nothing inside a transaction.
    try connection.run("PRAGMA foreign_keys = OFF")
    defer { _ = try? connection.run("PRAGMA foreign_keys = ON") }
    for version in before..<schema.version {
      try connection.stoppable(by: stop) { try run(schema.steps[version], to: version + 1) }
    }
  }

  private func run(_ step: Migration, to version: Int) throws {
    do {
      try connection.transaction("BEGIN IMMEDIATE") {
        try step.run(on: connection)
        let broken = try DatabaseCheck.brokenReferences(on: connection)
        guard broken.isEmpty else {
          throw SQLiteFailure(
            .databaseMigration, "references are broken: \(broken.joined(separator: ", "))")
        }
        try connection.run(SQL(made: "PRAGMA application_id = \(schema.applicationID)"))
        try connection.run(SQL(made: "PRAGMA user_version = \(version)"))
      }
    } catch let failure as SQLiteFailure where failure.code != .databaseStatement {
      throw Self.naming(step, connection.path, failure)
    } catch {
      throw SQLiteFailure(
        .databaseMigration,
        "the step `\(step.name)` of \(connection.path) failed and was undone: \(error)",
        hint: "report it with the backup that lies beside the database", cause: error)
    }
  }

  private static func naming(
    _ step: Migration, _ path: FilePath, _ failure: SQLiteFailure
  ) -> SQLiteFailure {
    SQLiteFailure(
      failure.code, "the step `\(step.name)` of \(path) was undone: \(failure.message)",
      hint: failure.hint, cause: failure)
  }

  /// Copies the database beside itself, named by the version whose step comes next.
  ///
  /// By the next and not by the last step: one that was interrupted between two steps is then
  /// copied anew under another name, and the oldest copy stays.
  private func backUp(before version: Int, stop: StopFlag?) throws {
    let path = connection.path
    let target = path.sibling("\(path.name).before-\(version)")
    try OnlineBackup.run(from: path, to: target, options, replacing: true, stop: stop)
  }
}
