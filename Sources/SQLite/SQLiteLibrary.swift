import CSQLite
import Foundations

/// The SQLite that the program runs with.
package enum SQLiteLibrary {
  // STRICT tables came with 3.37, and with them the last thing the schema needs.
  private static let least: Int32 = 3_037_000

  /// Its version: "3.40.1".
  package static var version: String { String(cString: sqlite3_libversion()) }

  // Each write of a group has a savepoint, and with it a dozen pages to bring back, which would
  // else be written to a file. Refused where the host of our library uses SQLite already, which
  // then goes on as it is set.
  private static let isConfigured = mediary_sqlite_configure() == SQLITE_OK

  /// Refuses a library that lacks what is relied on.
  static func check() throws(SQLiteFailure) {
    _ = isConfigured
    guard sqlite3_libversion_number() >= least, sqlite3_threadsafe() != 0,
      sqlite3_compileoption_used("ENABLE_FTS5") != 0
    else {
      throw SQLiteFailure(
        .databaseStatement,
        "SQLite \(version) is too old, or was built without threads or full text",
        hint: "install libsqlite3-0 3.37 or newer")
    }
  }
}
