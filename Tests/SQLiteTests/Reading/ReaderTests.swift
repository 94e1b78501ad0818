import Foundations
import SQLite
import Synchronization
import TestSupport
import Testing

@Suite("Reading", .timeLimit(.minutes(5)))
struct ReaderTests {
  private static let endless: SQL = """
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
    SELECT count(*) FROM n
    """

  @Test("a read sees one moment, whatever is written meanwhile")
  func snapshot() throws {
    let test = try TestDatabase()
    try test.add("a")
    let database = test.database
    try database.read { reading in
      #expect(try reading.value("SELECT count(*) FROM thing", as: Int.self) == 1)
      try test.add("b")
      #expect(try reading.value("SELECT count(*) FROM thing", as: Int.self) == 1)
    }
    #expect(try test.names() == ["a", "b"])
  }

  @Test("no more reads go on at once than allowed, in tasks and on threads")
  func bounded() async throws {
    var options = DatabaseOptions()
    options.readers = 2
    let test = try TestDatabase(options: options)
    let database = test.database
    let now = Atomic<Int>(0)
    let most = Mutex(0)
    let read: @Sendable (Connection) throws -> Void = { reading in
      let count = now.add(1, ordering: .relaxed).newValue
      most.withLock { $0 = max($0, count) }
      _ = try reading.value("SELECT count(*) FROM thing", as: Int.self)
      now.subtract(1, ordering: .relaxed)
    }
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      for _ in 0..<100 { tasks.addTask { try await database.read(read) } }
      tasks.addTask {
        try await withCheckedThrowingContinuation { continuation in
          do {
            try OwnThread.start(named: "reads") {
              continuation.resume(
                with: Result { for _ in 0..<100 { try database.read(read) } })
            }
          } catch {
            continuation.resume(throwing: error)
          }
        }
      }
      try await tasks.waitForAll()
    }
    #expect(most.withLock { $0 } <= 2)
  }

  @Test("an endless query ends with its flag, whenever that is raised", arguments: 0..<20)
  func stopped(round: Int) throws {
    let test = try TestDatabase()
    let stop = StopFlag()
    let failure = Mutex<SQLiteFailure?>(nil)
    withThreads(2) { [database = test.database] number in
      if number == 1 {
        // Some rounds before it begins, some in its midst.
        for _ in 0..<(round * 20_000) where stop.isStopped { break }
        return stop.stop()
      }
      do { _ = try database.read(stop: stop) { try $0.run(Self.endless) } } catch {
        failure.withLock { $0 = error as? SQLiteFailure }
        if let stopped = error as? StoppedFailure {
          failure.withLock { $0 = SQLiteFailure(stopped.code, stopped.message) }
        }
      }
    }
    #expect(failure.withLock { $0?.code } == .stopped)
    // The connection is as good as before.
    #expect(try test.names() == [])
  }

  @Test("the cancellation of a task ends its query")
  func cancelled() async throws {
    let test = try TestDatabase()
    let database = test.database
    let begun = Atomic<Bool>(false)
    let task = Task {
      try await database.read { reading in
        begun.store(true, ordering: .relaxed)
        _ = try reading.run(Self.endless)
      }
    }
    while !begun.load(ordering: .relaxed) { await Task.yield() }
    task.cancel()
    let failure = await #expect(throws: SQLiteFailure.self) { try await task.value }
    #expect(failure?.code == .stopped)
  }

  @Test("reads go on while a write is under way")
  func whileWriting() throws {
    let test = try TestDatabase()
    try test.add("a")
    let (entered, gate) = (Signal(), Signal())
    let ended = Signal()
    try OwnThread.start(named: "writes") { [database = test.database] in
      try? database.write { write in
        try write.run("INSERT INTO thing (name) VALUES ('b')")
        entered.give()
        gate.await()
      }
      ended.give()
    }
    entered.await()
    #expect(try test.names() == ["a"])
    gate.give()
    ended.await()
    #expect(try test.names() == ["a", "b"])
  }
}
