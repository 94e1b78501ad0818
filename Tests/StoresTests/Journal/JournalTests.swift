import CatalogueConformance
import Foundation
import Foundations
import Model
import Stores
import TestSupport
import Testing

@Suite("The journal of a catalogue", .timeLimit(.minutes(5)))
struct JournalTests {
  private let folder: TemporaryFolder
  private var library: FilePath { FilePath(folder.path) }

  init() throws { folder = try TemporaryFolder() }

  private func open(fileBytes: Int64 = 64 << 20) throws -> SQLiteCatalogue {
    var options = SQLiteCatalogue.Options()
    options.journalFileBytes = fileBytes
    return try SQLiteCatalogue.open(in: library, options: options)
  }

  private func journal() throws -> [JournalEntry] { try entries(of: JournalReader(in: library)) }

  private func files() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder("journal")).sorted()
  }

  private func text(_ name: String = "000001.jsonl") throws -> String {
    try String(contentsOfFile: folder("journal/" + name), encoding: .utf8)
  }

  /// Writes behind the catalogue's back, as a process that died before its commit.
  private func append(_ text: String, to name: String = "000001.jsonl") throws {
    let handle = try #require(FileHandle(forWritingAtPath: folder("journal/" + name)))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(text.utf8))
    try handle.close()
  }

  private func add(_ numbers: ClosedRange<Int>, to store: SQLiteCatalogue) throws {
    for number in numbers {
      _ = try store.write { try $0.addAsset(Sample.asset(number), id: Sample.assetID(number)) }
    }
  }

  @Test("has a line for each change, on the disk once the change is told")
  func lines() throws {
    let store = try open()
    try add(1...3, to: store)
    #expect(try text().split(separator: "\n").count { $0.contains("\"sequence\"") } == 3)
    #expect(try journal().count == 3)
    store.finish()
  }

  @Test("is void where the commit never came, and goes on after that")
  func void() throws {
    let store = try open()
    try add(1...2, to: store)
    store.finish()
    let lost = JournalEntry.undeleted(try Sample.assetID(1))
    let line = JSONValue.object(["sequence": 3, "entry": lost.json]).text()
    try append("{\"begins\":3}\n\(line)\n")
    #expect(try journal().count == 3)
    let again = try open()
    #expect(try journal().count == 2)
    try add(3...3, to: again)
    let told = try journal()
    #expect(told.count == 3 && !told.contains(lost))
    again.finish()
  }

  @Test("is void, too, where another process died while this one goes on")
  func voidWhileOpen() throws {
    let store = try open()
    try add(1...2, to: store)
    let lost = JournalEntry.undeleted(try Sample.assetID(1))
    let line = JSONValue.object(["sequence": 3, "entry": lost.json]).text()
    try append("{\"begins\":3}\n\(line)\n{\"sequence\":4,\"ent")
    try add(3...4, to: store)
    let told = try journal()
    #expect(told.count == 4 && !told.contains(lost))
    store.finish()
  }

  @Test("marks again where a mark was written and never committed")
  func markLost() throws {
    let store = try open()
    try add(1...2, to: store)
    try append("{\"void\":3,\"mark\":1}\n")
    try add(3...3, to: store)
    #expect(try journal().count == 3)
    store.finish()
    try append("{\"void\":4,\"mark\":2}\n")
    let again = try open()
    try add(4...5, to: again)
    #expect(try journal().count == 5)
    again.finish()
  }

  @Test("is written anew where a commit comes true after all whose lines were marked")
  func resurrected() throws {
    let store = try open()
    try add(1...3, to: store)
    try append("{\"void\":3,\"mark\":1}\n")
    #expect(try journal().count == 2)
    try add(4...4, to: store)
    #expect(try journal().count == 4)
    store.finish()
    let again = try open()
    try add(5...5, to: again)
    #expect(try journal().count == 5)
    again.finish()
  }

  @Test("loses a torn last line and nothing else, wherever it is torn")
  func torn() throws {
    let store = try open()
    try add(1...2, to: store)
    store.finish()
    let whole = try text()
    let next =
      "{\"begins\":3}\n{\"sequence\":3,\"entry\":{\"type\":\"undeleted\",\"asset\":\"a1\"}}"
    for cut in 1...next.utf8.count {
      try whole.write(toFile: folder("journal/000001.jsonl"), atomically: true, encoding: .utf8)
      try append(String(next.prefix(cut)))
      try open().finish()
      #expect(try journal().count == 2, "cut after \(cut)")
    }
  }

  @Test("that tells of more than one group the catalogue never saw is refused")
  func ahead() throws {
    let store = try open()
    try add(1...2, to: store)
    try store.backUp(to: library.appending("old.db"), progress: .none, stop: nil)
    try add(3...6, to: store)
    store.finish()
    let manager = FileManager.default
    try manager.removeItem(atPath: folder("mediary.db"))
    try manager.moveItem(atPath: folder("old.db"), toPath: folder("mediary.db"))
    #expect(failureCode { try open() } == .modelJournalAhead)
    #expect(try journal().count == 6)
  }

  @Test("that was taken away is written anew from the catalogue")
  func missing() throws {
    let store = try open()
    try add(1...3, to: store)
    var change = AssetChange()
    change.text = "kept"
    try store.write { [change] in _ = try $0.changeAsset(Sample.assetID(1), change) }
    store.finish()
    let before = try journal()
    try FileManager.default.removeItem(atPath: folder("journal"))
    let again = try open()
    #expect(Set(try journal().map { $0.json.text() }) == Set(before.map { $0.json.text() }))
    try add(4...4, to: again)
    #expect(try journal().count == 5)
    again.finish()
    try open().finish()
  }

  @Test("begins a new file when one is full, and is read through all of them")
  func rotation() throws {
    let store = try open(fileBytes: 500)
    try add(1...10, to: store)
    #expect(try files().count > 3)
    #expect(try journal().count == 10)
    store.finish()
    let again = try open(fileBytes: 500)
    try add(11...12, to: again)
    again.finish()
    #expect(try journal().count == 12)
  }

  @Test("is compacted to what it comes to, and goes on")
  func compaction() throws {
    let store = try open(fileBytes: 500)
    try add(1...5, to: store)
    for number in 1...20 {
      var change = AssetChange()
      change.text = "note \(number)"
      try store.write { [change] in _ = try $0.changeAsset(Sample.assetID(1), change) }
    }
    try store.compactJournal()
    let compact = try journal()
    #expect(compact.count == 6)
    #expect(try files().count == 2)
    try add(6...6, to: store)
    #expect(try journal().count == 7)
    try store.compactJournal()
    #expect(try journal().count == 7)
    store.finish()
    try open().finish()
    #expect(try journal().count == 7)
  }

  @Test("a bad line is told with its place, and the others are read")
  func damaged() throws {
    let store = try open()
    try add(1...1, to: store)
    try append("nonsense\n")
    store.finish()
    #expect(failureCode { try journal() } == .modelBadJournal)
    var told: [String] = []
    var entries = 0
    try JournalReader(in: library).forEach {
      told.append("\($0)")
    } _: { _ in
      entries += 1
    }
    #expect(told.count == 1 && entries == 1)
    #expect(told.first?.contains("000001.jsonl") == true)
  }

  @Test("a write whose lines find no room on the disk is undone, and the next one is told whole")
  func full() throws {
    let store = try open()
    try add(1...1, to: store)
    let disk = FailingDisk(under: library.appending("journal"))
    for operation in ["write", "flush"] {
      let number = operation == "write" ? 2 : 3
      let code = disk.run(.once(errno: ENOSPC), of: operation) {
        failureCode { try add(number...number, to: store) }
      }
      #expect(code == .diskFull)
      #expect(try store.read { try $0.asset(Sample.assetID(number)) } == nil)
      #expect(try journal().count == 1)
    }
    try add(4...4, to: store)
    #expect(try journal().count == 2)
    store.finish()
    try open().finish()
  }
}
