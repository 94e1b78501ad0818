import Foundation
import TestSupport
import Testing

@Suite("mediary run list")
struct RunListCommandTests {
  private static func ids(_ page: [String: Any]) -> [String] {
    (page["items"] as? [[String: Any]] ?? []).compactMap { $0["run_id"] as? String }
  }

  @Test("goes page by page, the last begun first")
  func pages() throws {
    let library = try StoredLibrary()
    let made = try (0..<5).map { _ in try library.newRun() }
    var found: [String] = []
    var page = try library.answer("run", "list", "--limit", "2")
    while true {
      found += Self.ids(page)
      guard let cursor = page["next_cursor"] as? String else { break }
      page = try library.answer("run", "list", "--limit", "2", "--cursor", cursor)
    }
    #expect(found == made.reversed() && page["next_cursor"] is NSNull)
    #expect(
      try library.failure("run", "list", "--cursor", "5b5d") == .init(64, "library.bad_cursor"))
    let text = try library.run("run", "list", "--limit", "2")
    #expect(text.stdout.split(separator: "\n").count == 3)
    #expect(text.stderr.hasPrefix("more with --cursor "))
  }

  @Test("shows those that are asked for")
  func filters() throws {
    let library = try StoredLibrary()
    let plain = try library.newRun("--user", "ann")
    let failed = try library.newRun("--user", "mia")
    _ = try library.answer("run", "update", failed, "--state", "failed")
    let other = try #require(
      try library.answer(
        "run", "create", "--schema", "dada", "--mode", "ultra", "--input-text", "x")["run_id"]
        as? String)
    let gone = try library.newRun()
    _ = try library.answer("run", "delete", gone)
    let packed = try library.newRun()
    _ = try library.answer("run", "archive", packed)
    func list(_ words: String...) throws -> [String] {
      let run = try CommandRun.mediary(["run", "list", "--json", "--home", library.home] + words)
      return Self.ids(try #require(try run.jsonLines().first, "\(run.stderr)"))
    }
    #expect(try list() == [packed, other, failed, plain])
    #expect(try list("--user", "mia") == [failed])
    #expect(try list("--schema", "dada") == [other])
    #expect(try list("--mode", "ultra") == [other])
    #expect(try list("--status", "failed") == [failed])
    #expect(try list("--deleted") == [gone])
    #expect(try list("--archived") == [packed])
    #expect(try list("--no-archived") == [other, failed, plain])
    // Yesterday's would be told apart; all these are of this very day.
    let moment = try #require(
      try library.answer("run", "show", failed)["timestamp"] as? String)
    let day = String(moment.prefix(10))
    #expect(try list("--from", moment) == [packed, other, failed])
    #expect(try list("--to", moment) == [failed, plain])
    #expect(try list("--from", day, "--to", day).count == 4)
    #expect(try list("--to", "2020-01-01") == [])
    #expect(
      try library.failure("run", "list", "--from", "yesterday") == .init(64, "usage.bad_value"))
  }

  @Test("is a table for people, and says that there is nothing")
  func text() throws {
    let library = try StoredLibrary()
    let id = try library.newRun()
    let run = try library.run("run", "list")
    let lines = run.stdout.split(separator: "\n").map(String.init)
    #expect(lines.count == 2 && lines[0].hasPrefix("Run  ") && lines[0].hasSuffix("Input"))
    #expect(lines[1].hasPrefix(id + "  ") && lines[1].hasSuffix("  story   running  dusk"))
    let none = try library.run("run", "list", "--schema", "none")
    #expect(none.stdout.isEmpty && none.stderr == "no runs\n")
  }
}
