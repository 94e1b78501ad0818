import Foundation
import Foundations
import TestSupport
import Testing

@testable import SQLite

@Suite("Opening a database")
struct OpeningTests {
  @Test("what it is set to is what is promised")
  func settings() throws {
    let test = try TestDatabase()
    try test.database.write { write throws in
      func setting(_ sql: SQL) throws -> SQLValue? { try write.value(sql) }
      #expect(try setting("PRAGMA journal_mode") == .text("wal"))
      #expect(try setting("PRAGMA synchronous") == .integer(2))
      #expect(try setting("PRAGMA foreign_keys") == .integer(1))
      #expect(try setting("PRAGMA trusted_schema") == .integer(0))
      #expect(try setting("PRAGMA cell_size_check") == .integer(1))
      #expect(try setting("PRAGMA mmap_size") == .integer(0))
      #expect(try setting("PRAGMA application_id") == .integer(0x4D65_6459))
    }
    var relaxed = DatabaseOptions()
    relaxed.durability = .relaxed
    let other = try TestDatabase(options: relaxed)
    try other.database.write { write throws in
      #expect(try write.value("PRAGMA synchronous", as: Int.self) == 1)
    }
  }

  @Test("a file that is none of ours is refused and left as it was", arguments: 0..<4)
  func foreign(index: Int) throws {
    let folder = try TemporaryFolder()
    let path = FilePath(folder("test.db"))
    let code: FailureCode
    switch index {
    case 0:
      try folder.write("test.db", Array("This is a letter and no database.".utf8) + [0, 1, 2])
      code = .databaseForeign
    case 1:
      try make("CREATE TABLE theirs (a)", path)
      code = .databaseForeign
    case 2:
      try make("PRAGMA application_id = 12", path)
      code = .databaseForeign
    default:
      try make("PRAGMA application_id = \(0x4D65_6459)", path, "PRAGMA user_version = 9")
      code = .databaseNewer
    }
    let before = try Data(contentsOf: URL(filePath: path.text))
    let failure = #expect(throws: SQLiteFailure.self) {
      _ = try TestDatabase.open(in: FilePath(folder.path))
    }
    #expect(failure?.code == code)
    #expect(failure?.hint != nil)
    #expect(try Data(contentsOf: URL(filePath: path.text)) == before)
  }

  @Test("a network file system is refused, a local one is not")
  func network() throws {
    let failure = #expect(throws: SQLiteFailure.self) {
      try Database.refuseNetwork("/mnt/x.db", "nfs", isNetwork: true)
    }
    #expect(failure?.code == .databaseOnNetwork)
    try Database.refuseNetwork("/mnt/x.db", "ext4", isNetwork: false)
  }

  @Test("a missing database is made, or told where it is to be there")
  func missing() throws {
    let folder = try TemporaryFolder()
    var options = DatabaseOptions()
    options.creates = false
    let failure = #expect(throws: SQLiteFailure.self) {
      _ = try TestDatabase.open(in: FilePath(folder.path), options: options)
    }
    #expect(failure?.code == .databaseMissing)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    try TestDatabase.open(in: FilePath(folder.path)).finish()
    try TestDatabase.open(in: FilePath(folder.path), options: options).finish()
  }

  @Test("a missing folder is told")
  func missingFolder() throws {
    let failure = #expect(throws: FileFailure.self) {
      _ = try TestDatabase.open(in: "/no/such/folder")
    }
    #expect(failure?.code == .fileNotFound)
  }

  @Test("damage is told by the check, and by reading it")
  func damage() throws {
    let test = try TestDatabase()
    try test.database.write { write in
      for index in 0..<2_000 { try write.run("INSERT INTO thing (name) VALUES (?1)", "\(index)") }
    }
    #expect(try test.database.problems(.quick) == [])
    #expect(try test.database.problems(.whole) == [])
    test.database.finish()
    let file = try FileHandle(forUpdating: URL(filePath: test.path.text))
    try file.seek(toOffset: 4 * 4_096)
    try file.write(contentsOf: Data(repeating: 0xA5, count: 4 * 4_096))
    try file.close()
    let folder = FilePath(test.folder.path)
    let damaged = try TestDatabase.open(in: folder)
    #expect(try !damaged.problems(.quick).isEmpty)
    let failure = #expect(throws: SQLiteFailure.self) {
      try damaged.read { try $0.each("SELECT * FROM thing") { row in _ = try row[1] as String } }
    }
    #expect(failure?.code == .databaseCorrupt)
    #expect(throws: SQLiteFailure.self) {
      try DatabaseCheck.restorableVersion(of: damaged.path, TestDatabase.schema)
    }
  }

  @Test("eight openings at once make one database")
  func together() throws {
    let folder = try TemporaryFolder()
    let failures = Collected<String>()
    withThreads(8) { number in
      do {
        let database = try TestDatabase.open(in: FilePath(folder.path))
        try database.write { _ = try $0.run("INSERT INTO thing (name) VALUES (?1)", "\(number)") }
        database.finish()
      } catch {
        failures.note("\(error)")
      }
    }
    #expect(failures.values == [])
    let path = TestDatabase.path(in: FilePath(folder.path))
    #expect(try TestDatabase.python(path, "SELECT count(*) FROM thing") == ["8"])
  }

  private func make(_ statements: String, _ path: FilePath, _ more: String = "") throws {
    let script = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript(sys.argv[2])"
    let run = try CommandRun(
      "/usr/bin/python3", ["-c", script, path.text, statements + ";" + more])
    try #require(run.status == 0, "\(run.stderr)")
  }
}
