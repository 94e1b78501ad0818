import Foundations
import Glibc
import SQLite
import TestSupport
import Testing

@Suite("The write-ahead log", .timeLimit(.minutes(5)))
struct LogTests {
  private func logSize(_ test: TestDatabase) -> Int64 {
    FileStatus.ifPresent(test.path.sibling("test.db-wal"))?.size ?? 0
  }

  @Test("stays small however much is written")
  func bounded() throws {
    var options = DatabaseOptions()
    options.durability = .relaxed
    let test = try TestDatabase(options: options)
    for index in 0..<300 {
      try test.database.write { write in
        try write.run(
          "INSERT INTO note SELECT 1, ?1", String(repeating: "x", count: 200_000))
        try write.run("INSERT OR IGNORE INTO thing (id, name) VALUES (1, ?1)", "\(index)")
      }
      #expect(logSize(test) < 16 << 20)
    }
  }

  @Test("is brought home and emptied once nothing is written for a while")
  func idle() throws {
    var options = DatabaseOptions()
    options.writes.idleAfter = .milliseconds(1)
    let test = try TestDatabase(options: options)
    try test.add("a")
    while logSize(test) > 0 { sched_yield() }
    #expect(try test.names() == ["a"])
  }

  @Test("is gone after the database was finished, and the file holds everything")
  func finished() throws {
    let test = try TestDatabase()
    try test.add("a")
    #expect(try test.names() == ["a"])
    test.database.finish()
    #expect(FileStatus.ifPresent(test.path.sibling("test.db-wal")) == nil)
    #expect(FileStatus.ifPresent(test.path.sibling("test.db-shm")) == nil)
    #expect(try test.python("SELECT name FROM thing") == ["a"])
  }

  @Test("is cut back after a reader that kept it for long has gone")
  func keptByReader() throws {
    var options = DatabaseOptions()
    options.durability = .relaxed
    options.writes.idleAfter = .seconds(3_600)
    let test = try TestDatabase(options: options)
    try test.database.write { write in
      try write.run("INSERT INTO thing (id, name) VALUES (1, 'a')")
    }
    let write = {
      try test.database.write { write in
        _ = try write.run("INSERT INTO note VALUES (1, ?1)", String(repeating: "x", count: 4 << 20))
      }
    }
    try test.database.read { reading in
      _ = try reading.value("SELECT count(*) FROM thing", as: Int.self)
      for _ in 0..<20 { try write() }
    }
    #expect(logSize(test) > 64 << 20)
    for _ in 0..<20 { try write() }
    #expect(logSize(test) <= 64 << 20)
  }
}
