import Engine
import Foundation
import Foundations
import TestSupport
import Testing

@Suite("The history of encodes")
struct EncodeHistoryTests {
  private let folder: TemporaryFolder
  private let history: EncodeHistory

  init() throws {
    folder = try TemporaryFolder()
    history = EncodeHistory(FilePath(folder("cache/encodes.jsonl")))
  }

  private func record(_ name: String, _ state: EncodeRecord.State = .completed) throws
    -> EncodeRecord
  {
    let request = try EncodeRequest(
      FilePath("/films/\(name)"), to: FilePath("/small/\(name)"), as: ["crf": 30])
    var record = EncodeRecord(
      request, state, at: Timestamp(microseconds: 1_790_000_000_000_000), took: 12.5)
    record.source = .init(size: 1_000, modified: 5)
    record.result = .init(size: 400, modified: 6)
    record.content = "ab"
    return record
  }

  private func append(_ text: String) throws {
    let file = try #require(FileHandle(forWritingAtPath: history.path.text))
    try file.seekToEnd()
    try file.write(contentsOf: Data(text.utf8))
    try file.close()
  }

  @Test("gives back what was noted, the newest first")
  func order() throws {
    #expect(try history.newest(10).isEmpty)
    let all = try ["a.mkv", "b.mkv", "c.mkv"].map { try record($0) }
    for one in all { try history.add(one) }
    #expect(try history.newest(10) == all.reversed())
    #expect(try history.newest(2) == Array(all.reversed().prefix(2)))
    #expect(try history.newest(10, having: "B.MKV") == [all[1]])
    #expect(try history.newest(10, having: "small/") == all.reversed())
    #expect(try history.newest(10, having: "nowhere").isEmpty)
  }

  @Test("loses nothing to half a line, and to lines that are none")
  func torn() throws {
    let (first, second) = (try record("a.mkv"), try record("b.mkv"))
    try history.add(first)
    try append("not json\n{\"time\":1}\n\n" + #"{"time":"2026-11-21T10:0"#)
    #expect(try history.newest(10) == [first])
    try history.add(second)
    #expect(try history.newest(10) == [second, first])
    // A line that lacks nothing but its end is one.
    let text = try String(contentsOfFile: history.path.text, encoding: .utf8)
    try Data(text.dropLast().utf8).write(to: URL(filePath: history.path.text))
    #expect(try history.newest(10) == [second, first])
    try history.add(first)
    #expect(try history.newest(10) == [first, second, first])
  }

  @Test("takes lines of many at once, each whole")
  func together() async throws {
    let history = history
    let records = try (0..<40).map { try record("\($0).mkv") }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for record in records { group.addTask { try history.add(record) } }
      try await group.waitForAll()
    }
    let found = try history.newest(100).map(\.input)
    #expect(Set(found) == Set(records.map(\.input)) && found.count == 40)
  }

  @Test("is written as four lists, a line of each for a film that was encoded")
  func lists() throws {
    try history.add(record("a.mkv"))
    try history.add(record("b\nc.mkv"))
    try history.add(record("bad.mkv", .failed))
    let target = FilePath(folder("lists"))
    #expect(try history.writeLists(into: target) == 2)
    func text(_ name: String) throws -> String {
      try String(contentsOfFile: target.appending(name).text, encoding: .utf8)
    }
    #expect(try text("encoded_files.txt") == "/films/a.mkv\n/films/b c.mkv\n")
    #expect(try text("encoding_times.txt") == "13\n13\n")
    #expect(try text("input_sizes.txt") == "1000\n1000\n")
    #expect(try text("output_sizes.txt") == "400\n400\n")
    #expect(try history.writeLists(into: target, having: "a.mkv") == 1)
    #expect(try text("output_sizes.txt") == "400\n")
  }
}
