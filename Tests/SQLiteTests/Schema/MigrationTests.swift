import Foundation
import Foundations
import SQLite
import TestSupport
import Testing

@Suite("Migrations")
struct MigrationTests {
  private static let first = TestDatabase.schema.steps
  private static let size = Migration("colours", "ALTER TABLE thing ADD COLUMN colour TEXT")

  private func schema(_ more: Migration...) -> Schema {
    Schema(applicationID: TestDatabase.schema.applicationID, steps: Self.first + more)
  }

  /// A folder with a database of version 1 that holds a thing.
  private func older() throws -> TemporaryFolder {
    let test = try TestDatabase()
    try test.add("old")
    test.database.finish()
    return test.folder
  }

  private func files(_ folder: TemporaryFolder) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  @Test("an older database is migrated after a backup, a new one without")
  func migrated() throws {
    let folder = try older()
    let database = try TestDatabase.open(in: FilePath(folder.path), schema: schema(Self.size))
    let count = try database.read {
      try $0.value("SELECT count(*) FROM thing WHERE colour IS NULL", as: Int.self)
    }
    #expect(count == 1)
    database.finish()
    #expect(try files(folder) == ["test.db", "test.db.before-2", "test.lock"])
    let backup = FilePath(folder("test.db.before-2"))
    #expect(try DatabaseCheck.restorableVersion(of: backup, TestDatabase.schema) == 1)
    #expect(try TestDatabase.python(backup, "SELECT name FROM thing") == ["old"])
    let new = try TestDatabase(schema: schema(Self.size))
    new.database.finish()
    #expect(try files(new.folder) == ["test.db", "test.lock"])
  }

  @Test("a newer database is refused with a hint, and so is one migrated while it is open")
  func newer() throws {
    let folder = try older()
    let old = try TestDatabase.open(in: FilePath(folder.path))
    try TestDatabase.open(in: FilePath(folder.path), schema: schema(Self.size)).finish()
    let writing = #expect(throws: SQLiteFailure.self) {
      try old.write { _ = try $0.run("DELETE FROM thing") }
    }
    #expect(writing?.code == .databaseNewer)
    #expect(writing?.hint?.contains("newer program") == true)
    let reading = #expect(throws: SQLiteFailure.self) { try old.read { _ in } }
    #expect(reading?.code == .databaseNewer)
    let opening = #expect(throws: SQLiteFailure.self) {
      _ = try TestDatabase.open(in: FilePath(folder.path))
    }
    #expect(opening?.code == .databaseNewer)
  }

  @Test("a step that fails is undone whole, names itself, and leaves what came before")
  func failing() throws {
    let folder = try older()
    let broken = Migration("a bad step") { connection in
      try connection.run("CREATE TABLE half (a INTEGER) STRICT")
      try connection.run("INSERT INTO no_such_table VALUES (1)")
    }
    let failure = #expect(throws: SQLiteFailure.self) {
      _ = try TestDatabase.open(in: FilePath(folder.path), schema: schema(Self.size, broken))
    }
    #expect(failure?.code == .databaseMigration)
    #expect(failure?.message.contains("a bad step") == true)
    let path = TestDatabase.path(in: FilePath(folder.path))
    #expect(try TestDatabase.python(path, "PRAGMA user_version") == ["2"])
    #expect(try TestDatabase.python(path, "SELECT name FROM sqlite_schema WHERE name='half'") == [])
    #expect(try TestDatabase.python(path, "SELECT name FROM thing") == ["old"])
    #expect(try files(folder).contains("test.db.before-2"))
  }

  @Test("a step that breaks references is undone")
  func brokenReferences() throws {
    let folder = try older()
    let broken = Migration("orphans", "INSERT INTO note VALUES (99, 'of nothing')")
    let failure = #expect(throws: SQLiteFailure.self) {
      _ = try TestDatabase.open(in: FilePath(folder.path), schema: schema(broken))
    }
    #expect(failure?.code == .databaseMigration)
    try TestDatabase.open(in: FilePath(folder.path)).finish()
  }

  @Test("a table that others refer to can be rebuilt")
  func rebuilt() throws {
    let folder = try older()
    let path = TestDatabase.path(in: FilePath(folder.path))
    let rebuilding = Migration(
      "things without sizes",
      """
      CREATE TABLE thing_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
      INSERT INTO note SELECT id, 'kept' FROM thing;
      INSERT INTO thing_new SELECT id, name FROM thing;
      DROP TABLE thing;
      ALTER TABLE thing_new RENAME TO thing;
      """)
    let database = try TestDatabase.open(in: FilePath(folder.path), schema: schema(rebuilding))
    #expect(try database.problems(.whole) == [])
    // References are held to again afterwards.
    let failure = #expect(throws: SQLiteFailure.self) {
      try database.write { _ = try $0.run("INSERT INTO note VALUES (99, 'of nothing')") }
    }
    #expect(failure?.code == .databaseForeignKey)
    database.finish()
    #expect(try TestDatabase.python(path, "SELECT name FROM thing") == ["old"])
  }

  @Test("killed in the midst of a step, the old schema is whole and the next opening goes on")
  func killed() async throws {
    let folder = try older()
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = folder.path as String] in
      let deadly = Migration("deadly") { connection in
        try connection.run("CREATE TABLE half (a INTEGER) STRICT")
        kill(getpid(), SIGKILL)
      }
      let schema = Schema(
        applicationID: TestDatabase.schema.applicationID,
        steps: TestDatabase.schema.steps + [deadly])
      _ = try TestDatabase.open(in: FilePath(path), schema: schema)
    }
    let path = TestDatabase.path(in: FilePath(folder.path))
    #expect(try TestDatabase.python(path, "PRAGMA user_version") == ["1"])
    #expect(try TestDatabase.python(path, "PRAGMA integrity_check") == ["ok"])
    let database = try TestDatabase.open(in: FilePath(folder.path), schema: schema(Self.size))
    let name = try await database.read { try $0.value("SELECT name FROM thing", as: String.self) }
    #expect(name == "old")
  }

  @Test("every migration that was ever released can be taken from its own version")
  func fromEachVersion() throws {
    let steps = (1...5).map { number in
      Migration("step \(number)") {
        try $0.run("INSERT INTO thing (name) VALUES (?1)", "s\(number)")
      }
    }
    for start in 0...5 {
      let folder = try TemporaryFolder()
      let id = TestDatabase.schema.applicationID
      let early = Schema(applicationID: id, steps: Self.first + steps.prefix(start))
      try TestDatabase.open(in: FilePath(folder.path), schema: early).finish()
      let late = Schema(applicationID: id, steps: Self.first + steps)
      let database = try TestDatabase.open(in: FilePath(folder.path), schema: late)
      let names = try database.read {
        try $0.all("SELECT name FROM thing ORDER BY name") { row in try row[0] as String }
      }
      #expect(names == ["s1", "s2", "s3", "s4", "s5"])
    }
  }
}
