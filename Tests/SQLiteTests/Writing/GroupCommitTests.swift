import Foundations
import Glibc
import SQLite
import Synchronization
import TestSupport
import Testing

@Suite("Writing in groups", .timeLimit(.minutes(5)))
struct GroupCommitTests {
  @Test("sixty-four threads' writes are all there, in far fewer commits")
  func grouped() throws {
    let commits = Atomic<Int>(0)
    var options = DatabaseOptions()
    let lines = Collected<[UInt8]>()
    options.beforeCommit = { entries in
      for entry in entries { lines.note(entry) }
      commits.add(1, ordering: .relaxed)
    }
    let test = try TestDatabase(options: options)
    let failures = Collected<String>()
    withThreads(64) { [database = test.database] number in
      for index in 0..<10 {
        do {
          try database.write { write in
            try write.run("INSERT INTO thing (name) VALUES (?1)", "\(number)-\(index)")
            write.appendToJournal(Array("\(number)-\(index)".utf8))
          }
        } catch {
          failures.note("\(error)")
        }
      }
    }
    #expect(failures.values == [])
    let names = try test.names()
    #expect(names.count == 640)
    #expect(lines.values.map { String(decoding: $0, as: UTF8.self) }.sorted() == names)
    #expect(commits.load(ordering: .relaxed) < 320)
  }

  @Test("a thread that blocks for its write does it itself where nobody writes")
  func onOwnThread() throws {
    let test = try TestDatabase()
    withThreads(1) { [database = test.database] _ in
      let own = pthread_self()
      for _ in 0..<100 {
        let other = try? database.write { _ in pthread_self() }
        #expect(other.map { pthread_equal($0, own) != 0 } == true)
      }
    }
  }

  @Test("a first write that fails leaves nothing, and those that wait behind it are done")
  func firstFails() throws {
    struct Refused: Error {}
    let test = try TestDatabase()
    let answers = Collected<Bool>()
    withThreads(8) { [database = test.database] number in
      for index in 0..<25 {
        let isRefused = index % 2 == 0
        do {
          try database.write { write in
            try write.run("INSERT INTO thing (name) VALUES (?1)", "\(number)-\(index)")
            if isRefused { throw Refused() }
          }
          answers.note(!isRefused)
        } catch {
          answers.note(isRefused)
        }
      }
    }
    #expect(answers.values.count == 200 && answers.values.allSatisfy { $0 })
    #expect(try test.names().count == 96)
  }

  @Test("a write that fails is undone by itself, with its lines, and its neighbours are kept")
  func oneFails() async throws {
    struct Refused: Error {}
    let lines = Collected<[UInt8]>()
    var options = DatabaseOptions()
    options.beforeCommit = { entries in for entry in entries { lines.note(entry) } }
    let (test, gate) = (try TestDatabase(options: options), Signal())
    let database = test.database
    let holding = await database.held(until: gate)
    let answers = await withTaskGroup(of: (Int, Bool).self) { tasks in
      for index in 0..<9 {
        tasks.addTask {
          do {
            try await database.write { write in
              try write.run("INSERT INTO thing (name) VALUES (?1)", "\(index)")
              write.appendToJournal([UInt8(index)])
              switch index % 3 {
              case 0: throw Refused()
              case 1: try write.run("INSERT INTO note VALUES (999, 'of nothing')")
              default: break
              }
            }
            return (index, true)
          } catch {
            return (index, false)
          }
        }
      }
      while database.waitingWrites < 9 { await Task.yield() }
      gate.give()
      return await tasks.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    try await holding.value
    for index in 0..<9 { #expect(answers[index] == (index % 3 == 2)) }
    #expect(try test.names() == ["2", "5", "8"])
    #expect(lines.values.map { $0[0] }.sorted() == [2, 5, 8])
    #expect(try test.python("SELECT count(*) FROM note") == ["0"])
  }

  @Test("where the journal fails, no write of the group is kept, and each is told")
  func journalFails() throws {
    struct Full: Error {}
    let isBroken = Atomic<Bool>(true)
    var options = DatabaseOptions()
    options.beforeCommit = { _ in if isBroken.load(ordering: .relaxed) { throw Full() } }
    let test = try TestDatabase(options: options)
    let add: @Sendable (WriteTransaction) throws -> Void = { write in
      try write.run("INSERT INTO thing (name) VALUES ('a')")
      write.appendToJournal([1])
    }
    #expect(throws: Full.self) { try test.database.write { try add($0) } }
    #expect(try test.names() == [])
    isBroken.store(false, ordering: .relaxed)
    try test.database.write { try add($0) }
    #expect(try test.names() == ["a"])
  }

  @Test("urgent writes go before ordinary ones that came earlier")
  func urgency() async throws {
    let (test, gate) = (try TestDatabase(), Signal())
    let database = test.database
    let order = Collected<String>()
    let holding = await database.held(until: gate)
    await withTaskGroup(of: Void.self) { tasks in
      for index in 0..<3 {
        tasks.addTask { try? await database.write { _ in order.note("ordinary") } }
        while database.waitingWrites < index + 1 { await Task.yield() }
      }
      for index in 0..<2 {
        tasks.addTask { try? await database.write(.urgent) { _ in order.note("urgent") } }
        while database.waitingWrites < index + 4 { await Task.yield() }
      }
      gate.give()
    }
    try await holding.value
    #expect(order.values == ["urgent", "urgent", "ordinary", "ordinary", "ordinary"])
  }

  @Test("a write that is cancelled before its turn leaves no trace and frees its task at once")
  func cancelledWaiting() async throws {
    let (test, gate) = (try TestDatabase(), Signal())
    let database = test.database
    let holding = await database.held(until: gate)
    let waiting = Task {
      try await database.write { _ = try $0.run("INSERT INTO thing (name) VALUES ('a')") }
    }
    while database.waitingWrites < 1 { await Task.yield() }
    waiting.cancel()
    // The writer is still held up: only the withdrawal can end this.
    await #expect(throws: StoppedFailure.self) { try await waiting.value }
    gate.give()
    try await holding.value
    #expect(try test.names() == [])
  }

  @Test("a write that is stopped at work is undone, and its neighbours are kept")
  func stoppedAtWork() throws {
    let test = try TestDatabase()
    try test.add("before")
    let stop = StopFlag()
    let failure = #expect(throws: SQLiteFailure.self) {
      try test.database.write(stop: stop) { write in
        try write.run("INSERT INTO thing (name) VALUES ('half')")
        stop.stop()
        try write.run("INSERT INTO thing (name) VALUES ('other half')")
      }
    }
    #expect(failure?.code == .stopped)
    #expect(try test.names() == ["before"])
  }

  @Test("more writes than may wait are refused as busy")
  func tooMany() async throws {
    var options = DatabaseOptions()
    options.writes.writesWaiting = 2
    let (test, gate) = (try TestDatabase(options: options), Signal())
    let database = test.database
    let holding = await database.held(until: gate)
    let others = (0..<2).map { _ in Task { try await database.write { _ in } } }
    while database.waitingWrites < 2 { await Task.yield() }
    let failure = await #expect(throws: SQLiteFailure.self) {
      try await database.write { _ in }
    }
    #expect(failure?.code == .databaseBusy)
    gate.give()
    try await holding.value
    for other in others { try await other.value }
  }

  @Test("finishing carries out what waits, and takes no more")
  func finishing() async throws {
    let (test, gate) = (try TestDatabase(), Signal())
    let database = test.database
    let holding = await database.held(until: gate)
    let waiting = Task {
      try await database.write { _ = try $0.run("INSERT INTO thing (name) VALUES ('a')") }
    }
    while database.waitingWrites < 1 { await Task.yield() }
    let finishing = Task { await database.finish() }
    gate.give()
    try await holding.value
    try await waiting.value
    await finishing.value
    let failure = await #expect(throws: SQLiteFailure.self) { try await database.write { _ in } }
    #expect(failure?.code == .databaseClosed)
    let reading = await #expect(throws: SQLiteFailure.self) { try await database.read { _ in } }
    #expect(reading?.code == .databaseClosed)
    #expect(try test.python("SELECT name FROM thing") == ["a"])
  }

  @Test("another program's lock is waited for, and then told as busy")
  func lockedOut() throws {
    var options = DatabaseOptions()
    options.lockedAtMost = .milliseconds(50)
    let test = try TestDatabase(options: options)
    let holder = try Stranger(holding: test.path)
    let failure = #expect(throws: SQLiteFailure.self) { try test.add("a") }
    #expect(failure?.code == .databaseBusy)
    try holder.letGo()
    try test.add("a")
    #expect(try test.names() == ["a"])
  }
}

extension Database {
  /// A write that holds the writer up until a signal; it has begun when this returns.
  fileprivate func held(until gate: Signal) async -> Task<Void, any Error> {
    let entered = Signal()
    let holding = Task {
      try await write { _ in
        entered.give()
        gate.await()
      }
    }
    await entered.arrived()
    return holding
  }
}
