package import Foundations

/// Looks for damage in a database.
package enum DatabaseCheck {
  /// How closely it is looked.
  package enum Depth: Sendable {
    /// Every page and row, but not whether the indexes agree with them.
    case quick
    /// Everything.
    case whole
  }

  // More would say nothing more.
  private static let mostProblems = 100

  /// Each problem in words; none where all is well.
  static func problems(
    on connection: Connection, _ depth: Depth, stop: StopFlag?
  ) throws -> [String] {
    do {
      return try connection.stoppable(by: stop) { try problems(on: connection, depth) }
    } catch let failure as SQLiteFailure where failure.code == .databaseCorrupt {
      // So bad that the check itself could not go on.
      return [failure.message]
    }
  }

  private static func problems(on connection: Connection, _ depth: Depth) throws -> [String] {
    let check: SQL =
      switch depth {
      case .quick: "PRAGMA quick_check(100)"
      case .whole: "PRAGMA integrity_check(100)"
      }
    let found = try connection.all(check) { row in try row.value(0, as: String.self) }
    let damage = found.filter { $0 != "ok" }
    // References are looked up through the very pages that are damaged.
    return damage.isEmpty ? try brokenReferences(on: connection) : damage
  }

  /// Each reference to what is not there, in words.
  static func brokenReferences(on connection: Connection) throws -> [String] {
    var found: [String] = []
    try connection.execute("PRAGMA foreign_key_check", []) { row in
      let (table, parent) = (try row[0] as String, try row[2] as String)
      let place = try row[1] as Int64?
      found.append(
        "row \(place.map(String.init) ?? "?") of \(table) refers to nothing in \(parent)")
      return found.count < mostProblems
    }
    return found
  }

  /// Whether a file is a whole database of a schema that could be restored: its version, or what
  /// stands against it.
  ///
  /// - Throws: `database.foreign`, `database.newer`, `database.corrupt`, or what reading met.
  package static func restorableVersion(
    of path: FilePath, _ schema: Schema, stop: StopFlag? = nil
  ) throws -> Int {
    let options = DatabaseOptions()
    guard FileStatus.ifPresent(path) != nil else { throw Database.missing(path) }
    let connection = try Connection.open(path, .reading, options)
    return try connection.stoppable(by: stop) {
      let version = try Migrator(connection, schema, options).version()
      guard version > 0 else {
        throw SQLiteFailure(.databaseForeign, "\(path) is empty, and no backup")
      }
      let problems = try problems(on: connection, .whole, stop: stop)
      guard problems.isEmpty else {
        throw SQLiteFailure(
          .databaseCorrupt, "\(path) is damaged: \(problems.prefix(3).joined(separator: "; "))",
          hint: "take another backup")
      }
      return version
    }
  }
}
