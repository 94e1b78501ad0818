import Foundations
import SQLite
import TestSupport

/// A database in a folder of a test's own.
struct TestDatabase {
  let folder: TemporaryFolder
  let database: Database

  /// Things with unique names, each with a reference from its notes.
  static let schema = Schema(
    applicationID: 0x4D65_6459,
    steps: [
      Migration(
        "things and notes",
        """
        CREATE TABLE thing (
          id INTEGER PRIMARY KEY,
          name TEXT NOT NULL UNIQUE,
          size INTEGER NOT NULL DEFAULT 0 CONSTRAINT size_fits CHECK (size >= 0)
        ) STRICT;
        -- A comment; with a semicolon.
        CREATE TABLE note (
          thing INTEGER NOT NULL REFERENCES thing (id) DEFERRABLE INITIALLY DEFERRED,
          text TEXT NOT NULL
        ) STRICT;
        CREATE TRIGGER thing_gone AFTER DELETE ON thing BEGIN
          DELETE FROM note WHERE thing = OLD.id;
        END;
        """)
    ])

  init(options: DatabaseOptions = DatabaseOptions(), schema: Schema = Self.schema) throws {
    folder = try TemporaryFolder()
    database = try Self.open(in: FilePath(folder.path), options: options, schema: schema)
  }

  var path: FilePath { database.path }

  static func path(in folder: FilePath) -> FilePath { folder.appending("test.db") }

  static func open(
    in folder: FilePath, options: DatabaseOptions = DatabaseOptions(), schema: Schema = Self.schema
  ) throws -> Database {
    try Database.open(
      path(in: folder), lock: folder.appending("test.lock"), schema: schema, options: options)
  }

  /// Adds a thing by a write of its own.
  func add(_ name: String) throws {
    try database.write { _ = try $0.run("INSERT INTO thing (name) VALUES (?1)", name) }
  }

  /// The names of all things, sorted.
  func names() throws -> [String] {
    try database.read { reading in
      try reading.all("SELECT name FROM thing ORDER BY name") { row in try row[0] }
    }
  }

  /// What Python's own SQLite says to a statement, without our code: its rows, joined by commas.
  func python(_ statement: String) throws -> [String] {
    try Self.python(path, statement)
  }

  static func python(_ path: FilePath, _ statement: String) throws -> [String] {
    let script = """
      import sqlite3, sys
      for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]): print(*row, sep=",")
      """
    let run = try CommandRun("/usr/bin/python3", ["-c", script, path.text, statement])
    guard run.status == 0 else { throw CommandRunError(run.stderr) }
    return run.stdout.split(separator: "\n").map(String.init)
  }
}

extension Array where Element == String {
  static let sound = ["ok"]
}
