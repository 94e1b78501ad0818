import Foundations

/// What a database of the program holds, as the steps that lead there.
///
/// A step that was ever released is never changed or taken away; a change is a further step. The
/// version of a database is the number of steps it has seen.
package struct Schema: Sendable {
  /// A number in the file's header that says whose database it is.
  package let applicationID: Int32
  /// The steps, the oldest first.
  package let steps: [Migration]

  /// A schema.
  package init(applicationID: Int32, steps: [Migration]) {
    precondition(applicationID != 0, "0 is what a database of nobody has")
    self.applicationID = applicationID
    self.steps = steps
  }

  /// The version of a database that has seen all steps.
  package var version: Int { steps.count }

  /// Refuses a database that another program has migrated since it was opened.
  func checkIsCurrent(on connection: Connection) throws {
    let found = try connection.value("PRAGMA user_version", as: Int.self) ?? 0
    if found != version { throw Self.newer(connection.path, found, known: version) }
  }

  static func newer(_ path: FilePath, _ found: Int, known: Int) -> SQLiteFailure {
    SQLiteFailure(
      .databaseNewer,
      "\(path) has version \(found) of its schema, and this program knows \(known)",
      hint: "use the newer program that migrated it, or restore the backup made before")
  }
}
