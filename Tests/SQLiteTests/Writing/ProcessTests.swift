import Foundations
import Glibc
import SQLite
import TestSupport
import Testing

@Suite("Eight processes that write", .timeLimit(.minutes(5)))
struct ProcessTests {
  @Test("get their turns alike: the most commits are at most twice the least")
  func fair() async throws {
    let folder = try TemporaryFolder()
    try await TestDatabase.open(in: FilePath(folder.path)).finish()
    try startTogether(folder)
    await withTaskGroup(of: Void.self) { tasks in
      for number in 0..<8 {
        tasks.addTask {
          await #expect(processExitsWith: .success) {
            [path = folder.path as String, number = number as Int] in
            try writeForAWhile(FilePath(path), number)
          }
        }
      }
    }
    let path = TestDatabase.path(in: FilePath(folder.path))
    let commits = try TestDatabase.python(
      path, "SELECT count(*) FROM thing GROUP BY size ORDER BY 1"
    ).compactMap { Int($0) }
    print("commits of eight processes: \(commits)")
    #expect(commits.count == 8)
    let (least, most) = (try #require(commits.first), try #require(commits.last))
    #expect(least > 0 && most <= 2 * least, "\(commits)")
  }

  /// Holds the start up until all eight are ready.
  ///
  /// On a thread of its own: waiting for processes takes all of Swift's own ones.
  private func startTogether(_ folder: TemporaryFolder) throws {
    let isHeld = Signal()
    try OwnThread.start(named: "start") {
      do {
        let start = try FileDescriptor.open(FilePath(folder("start")), O_RDWR | O_CREAT)
        #expect(try start.tryLock())
        isHeld.give()
        while FileStatus.ifPresent(FilePath(folder("ready")))?.size != 8 { sched_yield() }
      } catch {
        fatalError("\(error)")
      }
    }
    isHeld.await()
  }

  @Test("a process that keeps the turn is told as busy, and is no hindrance once it has gone")
  func stuck() throws {
    var options = DatabaseOptions()
    options.turnAtMost = .milliseconds(150)
    let test = try TestDatabase(options: options)
    let lock = try FileDescriptor.open(FilePath(test.folder("test.lock")), O_RDWR)
    #expect(try lock.tryLock())
    let failure = #expect(throws: SQLiteFailure.self) { try test.add("a") }
    #expect(failure?.code == .databaseBusy)
    #expect(failure?.message.contains("test.lock") == true)
    let opening = #expect(throws: SQLiteFailure.self) {
      _ = try TestDatabase.open(in: FilePath(test.folder.path), options: options)
    }
    #expect(opening?.code == .databaseBusy)
    // Reading needs no turn.
    #expect(try test.names() == [])
    try lock.unlock()
    try test.add("b")
    #expect(try test.names() == ["b"])
  }
}

/// How long they write; `WRITING_SECONDS=60` in the environment makes it a minute.
private var writingSeconds: Int {
  ProcessEnvironment.all["WRITING_SECONDS"].flatMap { Int($0) } ?? 3
}

/// Waits for the start, and commits one thing after the other for a fixed time.
private func writeForAWhile(_ folder: FilePath, _ number: Int) throws {
  let database = try TestDatabase.open(in: folder)
  let ready = try FileDescriptor.open(folder.appending("ready"), O_WRONLY | O_CREAT | O_APPEND)
  try ready.write([1])
  let start = try FileDescriptor.open(folder.appending("start"), O_RDWR)
  try systemCall("wait for the start") { flock(start.number, LOCK_SH) }
  let clock = SystemTime()
  let end = clock.uptime + .seconds(writingSeconds)
  var index = 0
  while clock.uptime < end {
    let name = "\(number)-\(index)"
    try database.write { write in
      try write.run("INSERT INTO thing (name, size) VALUES (?1, ?2)", name, number)
    }
    index += 1
  }
  database.finish()
}
