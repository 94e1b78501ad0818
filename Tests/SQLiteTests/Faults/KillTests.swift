import Foundations
import Glibc
import SQLite
import TestSupport
import Testing

@Suite("Eight processes that are killed", .timeLimit(.minutes(5)))
struct KillTests {
  private static let rounds = 26

  @Test("leave the database sound, with all that was committed and nothing by halves")
  func killed() async throws {
    let folder = try TemporaryFolder()
    try await TestDatabase.open(in: FilePath(folder.path)).finish()
    var random = Seeded()
    print("eight processes that are killed: SEED=\(random.seed)")
    for round in 0..<Self.rounds {
      try await killEight(folder.path, round, &random)
      try examine(folder)
    }
    let kept = try TestDatabase.python(database(folder), "SELECT count(*) FROM thing")
    // Otherwise all died too early to show anything.
    #expect(Int(kept.first ?? "") ?? 0 > 100)
  }

  private func database(_ folder: TemporaryFolder) -> FilePath {
    TestDatabase.path(in: FilePath(folder.path))
  }

  private func killEight(_ path: String, _ round: Int, _ random: inout Seeded) async throws {
    let times = (0..<8).map { _ in Int.random(in: 0...60_000, using: &random) }
    await withTaskGroup(of: Void.self) { tasks in
      for (number, time) in times.enumerated() {
        tasks.addTask {
          await #expect(processExitsWith: .signal(SIGKILL)) {
            [path = path as String, name = "\(round)-\(number)" as String, time = time as Int] in
            try writeUntilKilled(FilePath(path), name, after: .microseconds(time))
          }
        }
      }
    }
  }

  private func examine(_ folder: TemporaryFolder) throws {
    #expect(try TestDatabase.python(database(folder), "PRAGMA integrity_check") == ["ok"])
    let names = try TestDatabase.python(database(folder), "SELECT name FROM thing ORDER BY name")
    let notes = try TestDatabase.python(
      database(folder), "SELECT name FROM thing JOIN note ON thing = id ORDER BY name")
    #expect(names == notes)
    let (begun, told) = (try lines(folder("begun")), try lines(folder("told")))
    #expect(Set(told).subtracting(names).isEmpty)
    #expect(Set(names).subtracting(begun).isEmpty)
  }

  private func lines(_ path: String) throws -> [String] {
    guard FileStatus.ifPresent(FilePath(path)) != nil else { return [] }
    let bytes = try SmallFile.read(FilePath(path), limit: 100 << 20)
    // The last line may be half written; it was not told then.
    return bytes.split(separator: 10).map { String(decoding: $0, as: UTF8.self) }
  }
}

/// Writes from two threads until the process kills itself; keeps a list of what it began and of
/// what it was told is written.
private func writeUntilKilled(_ folder: FilePath, _ name: String, after time: Duration) throws {
  let database = try TestDatabase.open(in: folder)
  for thread in 0..<2 {
    try OwnThread.start(named: "writes") {
      do {
        // Each line is one call at the end of the file, and whole or not there.
        let flags = O_WRONLY | O_CREAT | O_APPEND
        let begun = try FileDescriptor.open(folder.appending("begun"), flags)
        let told = try FileDescriptor.open(folder.appending("told"), flags)
        for index in 0... {
          let thing = "\(name)-\(thread)-\(index)"
          try begun.write(Array("\(thing)\n".utf8))
          try database.write { write in
            try write.run("INSERT INTO thing (name) VALUES (?1)", thing)
            try write.run("INSERT INTO note VALUES (?1, 'its note')", write.lastInsertedRow)
          }
          try told.write(Array("\(thing)\n".utf8))
        }
      } catch {
        fatalError("\(error)")
      }
    }
  }
  // The deadline is the moment of death: nothing ever comes.
  let nothing: Void? = Monitor(0).wait(atMost: time) { _ in nil }
  #expect(nothing == nil)
  kill(getpid(), SIGKILL)
}
