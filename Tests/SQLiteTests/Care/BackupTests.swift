import Foundation
import Foundations
import Glibc
import SQLite
import Synchronization
import TestSupport
import Testing

@Suite("Backups", .timeLimit(.minutes(5)))
struct BackupTests {
  @Test("a backup is one moment of a database that is being written to, and a file by itself")
  func online() throws {
    let test = try TestDatabase()
    // Several steps of the copy.
    try test.database.write { write in
      for index in 0..<40 {
        try write.run(
          "INSERT INTO note VALUES (?1, ?2)", index, String(repeating: "x", count: 500_000))
        try write.run("INSERT INTO thing (id, name) VALUES (?1, ?2)", index, "\(index)")
      }
    }
    let target = FilePath(test.folder("copy.db"))
    let isDone = Atomic<Bool>(false)
    let written = Atomic<Int>(0)
    let steps = Collected<Double>()
    withThreads(2) { [database = test.database] number in
      if number == 1 {
        var index = 100
        while !isDone.load(ordering: .relaxed) {
          let number = index
          // Two rows that belong together.
          try? database.write { write in
            try write.run("INSERT INTO thing (id, name) VALUES (?1, ?2)", number, "\(number)")
            try write.run("INSERT INTO note VALUES (?1, 'new')", number)
          }
          index += 1
          written.add(1, ordering: .relaxed)
        }
        return
      }
      let progress = ProgressSink { steps.note($0.fraction ?? -1) }
      while written.load(ordering: .relaxed) == 0 { sched_yield() }
      #expect(throws: Never.self) { try database.backUp(to: target, progress: progress) }
      isDone.store(true, ordering: .relaxed)
    }
    #expect(try DatabaseCheck.restorableVersion(of: target, TestDatabase.schema) == 1)
    #expect(
      try TestDatabase.python(
        target, "SELECT (SELECT count(*) FROM thing) - (SELECT count(*) FROM note)") == ["0"])
    #expect(try TestDatabase.python(target, "PRAGMA journal_mode") == ["delete"])
    #expect(steps.values.count > 2 && steps.values.last == 1)
    #expect(steps.values == steps.values.sorted())
    let files = try FileManager.default.contentsOfDirectory(atPath: test.folder.path)
    #expect(files.filter { $0.contains("copy") || $0.contains("temp") } == ["copy.db"])
  }

  @Test("a backup that is stopped leaves nothing")
  func stopped() throws {
    let test = try TestDatabase()
    try test.database.write { write in
      try write.run(
        "INSERT INTO thing (name) VALUES (?1)", String(repeating: "x", count: 9_000_000))
    }
    let stop = StopFlag()
    let before = try FileManager.default.contentsOfDirectory(atPath: test.folder.path).sorted()
    #expect(throws: (any Error).self) {
      try test.database.backUp(
        to: FilePath(test.folder("copy.db")), progress: ProgressSink { _ in stop.stop() },
        stop: stop)
    }
    let after = try FileManager.default.contentsOfDirectory(atPath: test.folder.path).sorted()
    #expect(after == before)
  }

  @Test("what stands at the target is replaced only when told")
  func replacing() throws {
    let test = try TestDatabase()
    let target = FilePath(try test.folder.write("copy.db", Array("kept".utf8)))
    let failure = #expect(throws: FileFailure.self) { try test.database.backUp(to: target) }
    #expect(failure?.code == .fileExists)
    #expect(try Data(contentsOf: URL(filePath: target.text)) == Data("kept".utf8))
    try test.database.backUp(to: target, replacing: true)
    #expect(try DatabaseCheck.restorableVersion(of: target, TestDatabase.schema) == 1)
  }

  @Test("a backup that could not be restored is told as what it is", arguments: 0..<4)
  func unfit(index: Int) throws {
    let test = try TestDatabase()
    let target = FilePath(test.folder("copy.db"))
    try test.database.backUp(to: target)
    let code: FailureCode
    var schema = TestDatabase.schema
    switch index {
    case 0:
      try test.folder.write("copy.db", Array("no database at all, by no means".utf8))
      code = .databaseForeign
    case 1:
      schema = Schema(applicationID: 7, steps: schema.steps)
      code = .databaseForeign
    case 2:
      schema = Schema(applicationID: schema.applicationID, steps: [])
      code = .databaseNewer
    default:
      try FileManager.default.removeItem(atPath: target.text)
      code = .databaseMissing
    }
    let failure = #expect(throws: SQLiteFailure.self) {
      _ = try DatabaseCheck.restorableVersion(of: target, schema)
    }
    #expect(failure?.code == code)
  }
}
