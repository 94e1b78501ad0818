import Foundation
import Foundations
import TestSupport
import Testing

@testable import SQLite

/// What is done while the disk fails.
enum DiskWork: String, CaseIterable, Sendable {
  case write, group, open, migrate, checkpoint, read
}

@Suite("A database on a failing disk", .timeLimit(.minutes(5)))
struct DiskFailureTests {
  @Test(
    "whichever call fails, what was told as written is there, and nothing by halves",
    arguments: DiskWork.allCases, FailingLayer.Fault.allCases)
  func everyCall(work: DiskWork, fault: FailingLayer.Fault) throws {
    let layer = FailingLayer("failing-\(work)-\(fault)")
    var failed = 0
    for call in 1... {
      let outcome = try attempt(work, fault, at: call, layer)
      if outcome.hasFailed { failed += 1 }
      guard outcome.wasMet else { break }
      try #require(call < 2_000, "the work has no end of calls")
    }
    // Reading goes through the cache and has few calls of its own.
    #expect(failed >= (work == .read ? 1 : 3))
  }

  /// Does the work once, and looks at what came of it by a disk that is well again.
  private func attempt(
    _ work: DiskWork, _ fault: FailingLayer.Fault, at call: Int, _ layer: FailingLayer
  ) throws -> (hasFailed: Bool, wasMet: Bool) {
    let folder = try TemporaryFolder()
    let path = FilePath(folder.path)
    layer.calm()
    if work != .open { try prepare(path) }
    var told: Set<String> = work == .open ? [] : ["before"]
    var hasFailed = false
    let database = work == .open || work == .migrate ? nil : try open(path, layer)
    layer.arm(fault, at: call)
    do {
      let written = try perform(work, path, database, layer)
      told.formUnion(written)
      hasFailed = work == .group && written.count < Self.groupSize
    } catch {
      hasFailed = true
    }
    let wasMet = layer.calls >= call
    database?.finish()
    layer.calm()
    try examine(path, work, told, "\(work) \(fault) at \(call)")
    return (hasFailed, wasMet)
  }

  private func prepare(_ path: FilePath) throws {
    let database = try TestDatabase.open(in: path)
    try database.write { write in try add("before", write) }
    database.finish()
  }

  private func open(_ path: FilePath, _ layer: FailingLayer) throws -> Database {
    try TestDatabase.open(in: path, options: layer.options)
  }

  /// Does the work and gives the names of the things that were told as written.
  private func perform(
    _ work: DiskWork, _ path: FilePath, _ database: Database?, _ layer: FailingLayer
  ) throws -> Set<String> {
    switch work {
    case .open:
      try open(path, layer).finish()
      return []
    case .migrate:
      let more = Migration("more", "INSERT INTO thing (name) VALUES ('more')")
      let schema = Schema(
        applicationID: TestDatabase.schema.applicationID,
        steps: TestDatabase.schema.steps + [more])
      try TestDatabase.open(in: path, options: layer.options, schema: schema).finish()
      return ["more"]
    case .write:
      try database?.write { write in try add("one", write) }
      return ["one"]
    case .group:
      return try writeGroup(database)
    case .checkpoint:
      for index in 0..<5 {
        try database?.write { write in try add("\(index)", write) }
      }
      database?.finish()
      return Set((0..<5).map(String.init))
    case .read:
      let names = try database?.read { reading in
        try reading.all("SELECT name FROM thing") { row in try row[0] as String }
      }
      #expect(names == ["before"])
      return []
    }
  }

  private static let groupSize = 12

  /// Writes at once, so that they share commits.
  private func writeGroup(_ database: Database?) throws -> Set<String> {
    guard let database else { return [] }
    let told = Collected<String>()
    let failures = Collected<any Error>()
    withThreads(Self.groupSize) { number in
      do {
        try database.write { write in try add("g\(number)", write) }
        told.note("g\(number)")
      } catch {
        failures.note(error)
      }
    }
    if told.values.isEmpty, let failure = failures.values.first { throw failure }
    return Set(told.values)
  }

  private func examine(
    _ path: FilePath, _ work: DiskWork, _ told: Set<String>, _ what: String
  ) throws {
    let file = TestDatabase.path(in: path)
    guard FileStatus.ifPresent(file) != nil else {
      #expect(work == .open, "\(what)")
      return
    }
    let reading = try Connection.open(file, .writing(create: false), DatabaseOptions())
    #expect(try DatabaseCheck.problems(on: reading, .whole, stop: nil) == [], "\(what)")
    let version = try reading.value("PRAGMA user_version", as: Int.self)
    if work == .migrate { #expect(version == 1 || version == 2, "\(what)") }
    guard version != 0 else { return #expect(work == .open, "\(what)") }
    let names = try Set(reading.all("SELECT name FROM thing") { row in try row[0] as String })
    // What failed may be there whole: the disk may have failed after the commit was on it.
    #expect(told.isSubset(of: names), "\(what): \(told.subtracting(names))")
    #expect(names.contains("more") == (version == 2), "\(what)")
    let halves = try reading.all(
      "SELECT name FROM thing WHERE name <> 'more' AND id NOT IN (SELECT thing FROM note)"
    ) { row in try row[0] as String }
    #expect(halves == [], "\(what)")
  }
}

/// A thing with its note: both or none.
@Sendable private func add(_ name: String, _ write: WriteTransaction) throws {
  try write.run("INSERT INTO thing (name) VALUES (?1)", name)
  try write.run("INSERT INTO note VALUES (?1, ?2)", write.lastInsertedRow, name)
}
