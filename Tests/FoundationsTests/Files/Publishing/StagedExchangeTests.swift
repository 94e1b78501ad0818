import Foundation
import Foundations
import Glibc
import TestSupport
import Testing

@Suite("Staged files that change names")
struct StagedExchangeTests {
  private let folder: TemporaryFolder
  private let target: Destination

  init() throws {
    folder = try TemporaryFolder()
    target = Destination(folder: try Folder.open(FilePath(folder.path)), name: "a.json")
  }

  private func exchange(_ text: String) throws {
    let staged = try StagedFile.create(beside: target)
    try staged.append(text.utf8)
    try staged.exchange(with: target)
  }

  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  @Test("a file takes another's place, or makes one, and nothing else stays")
  func replaced() throws {
    for text in ["first", "second", "third"] {
      try exchange(text)
      #expect(try SmallFile.read(target.path, limit: 99) == Array(text.utf8))
      #expect(try names() == ["a.json"])
    }
  }

  @Test("a folder or a link at its place is treated as by a rename")
  func others() throws {
    try FileManager.default.createDirectory(
      atPath: target.path.text, withIntermediateDirectories: false)
    #expect(throws: FileFailure.self) { try exchange("x") }
    #expect(try names() == ["a.json"])
    try FileManager.default.removeItem(atPath: target.path.text)
    let victim = try folder.write("victim", "mine".utf8)
    try FileManager.default.createSymbolicLink(
      atPath: target.path.text, withDestinationPath: victim)
    try exchange("x")
    #expect(try SmallFile.read(FilePath(victim), limit: 99) == Array("mine".utf8))
    #expect(try names() == ["a.json", "victim"])
  }

  @Test("where it fails the old file stands, and file systems that cannot do it rename")
  func failing() throws {
    try exchange("old")
    let disk = FailingDisk(under: FilePath(folder.path))
    #expect(throws: FileFailure.self) {
      try disk.run(.once(errno: EIO), of: "exchange with") { try exchange("new") }
    }
    #expect(try SmallFile.read(target.path, limit: 99) == Array("old".utf8))
    try disk.run(.once(errno: EINVAL), of: "exchange with") { try exchange("new") }
    #expect(try SmallFile.read(target.path, limit: 99) == Array("new".utf8))
    #expect(try names() == ["a.json"])
  }

  @Test("readers see the old or the new, whole, while it is done over and over")
  func readers() throws {
    let texts = (0..<4).map { String(repeating: "\($0)", count: 20_000 + $0) }
    try exchange(texts[0])
    let torn = Collected<Int>()
    withThreads(3) { number in
      for round in 0..<500 {
        if number == 0 {
          if (try? exchange(texts[round % 4])) == nil { torn.note(-1) }
        } else {
          let bytes = (try? SmallFile.read(target.path, limit: 1 << 20)) ?? []
          if !texts.contains(where: { $0.utf8.elementsEqual(bytes) }) { torn.note(bytes.count) }
        }
      }
    }
    #expect(torn.values == [])
  }
}
