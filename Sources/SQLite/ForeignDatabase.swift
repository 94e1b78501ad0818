package import Foundations

/// A database of another program, open for reading alone.
///
/// Nothing of it is changed. What its schema names is not run, and it is read in one state.
package enum ForeignDatabase {
  /// Opens the file and hands its connection over.
  package static func read<R>(
    _ path: FilePath, stop: StopFlag? = nil, _ body: (Connection) throws -> R
  ) throws -> R {
    try SQLiteLibrary.check()
    guard let status = try FileStatus.find(path), status.kind == .plain else {
      throw SQLiteFailure(.databaseMissing, "there is no database at \(path)")
    }
    let connection = try Connection.open(path, .reading, DatabaseOptions())
    return try connection.stoppable(by: stop) {
      try connection.script("BEGIN")
      return try body(connection)
    }
  }

  /// The columns of a table by their names; none where there is no such table.
  package static func columns(
    of table: String, in connection: Connection
  ) throws -> Set<String> {
    Set(
      try connection.all("SELECT name FROM pragma_table_info(?1)", table) { row in
        try row.value(0, as: String.self)
      })
  }
}
