import Blobs
import Engine
import Foundation
import Foundations
import TestSupport
import Testing

@Suite("Files that settle")
struct SettlingFilesTests {
  /// A folder as a test has it, and a clock.
  private struct Folder {
    var files = SettlingFiles(settles: .seconds(10))
    var states: [FilePath: FileIdentity] = [:]
    var written: Set<FilePath> = []
    var now = Duration.zero

    mutating func write(_ path: FilePath, size: Int64) {
      states[path] = FileIdentity(
        device: 1, inode: 1, size: size, modifiedNanoseconds: 0, changedNanoseconds: 0)
    }

    mutating func pass(_ seconds: Int) -> [FilePath] {
      now += .seconds(seconds)
      let (states, written) = (states, written)
      return files.take(at: now, identity: { states[$0] }, isWritten: { written.contains($0) })
    }

    mutating func see(_ path: FilePath) throws {
      files.see(path, try #require(states[path]), at: now)
    }
  }

  @Test("a file is taken once it has kept still for long enough, and once only")
  func still() throws {
    var folder = Folder()
    folder.write("a", size: 1)
    try folder.see("a")
    #expect(folder.pass(9) == [] && folder.files.isRestless)
    #expect(folder.pass(1) == ["a"])
    #expect(folder.pass(100) == [] && !folder.files.isRestless)
    try folder.see("a")
    folder.files.change("a", at: folder.now)
    #expect(folder.pass(20) == [] && folder.pass(20) == [] && !folder.files.isRestless)
  }

  @Test("each growth begins the time anew, whether it is told of or not")
  func growing() throws {
    var folder = Folder()
    folder.write("a", size: 1)
    folder.files.change("a", at: folder.now)
    for size in 2..<6 {
      #expect(folder.pass(8) == [])
      folder.write("a", size: Int64(size))
    }
    #expect(folder.pass(8) == [] && folder.pass(9) == [] && folder.pass(1) == ["a"])
  }

  @Test("a file that is open for writing is waited for, however still it keeps")
  func written() throws {
    var folder = Folder()
    folder.write("a", size: 1)
    folder.written = ["a"]
    try folder.see("a")
    #expect(folder.pass(10) == [] && folder.pass(3_600) == [])
    folder.written = []
    #expect(folder.pass(9) == [] && folder.pass(1) == ["a"])
  }

  @Test(
    "one that changes is taken again, one that goes is forgotten, and others come in their order")
  func changing() throws {
    var folder = Folder()
    for name in ["b", "a"] as [FilePath] {
      folder.write(name, size: 1)
      try folder.see(name)
      folder.now += .seconds(1)
    }
    #expect(folder.pass(20) == ["b", "a"])
    folder.write("a", size: 2)
    try folder.see("a")
    folder.states["b"] = nil
    folder.files.keep(only: ["a"])
    #expect(folder.pass(10) == ["a"])
    folder.write("b", size: 1)
    try folder.see("b")
    #expect(folder.pass(10) == ["b"])
    folder.write("c", size: 1)
    try folder.see("c")
    folder.states["c"] = nil
    #expect(folder.pass(10) == [] && !folder.files.isRestless)
  }

  @Test("who has a file open for writing is seen, and who reads it is not")
  func openForWriting() throws {
    let temporary = try TemporaryFolder()
    let path = try temporary.write("film.mkv", [1, 2, 3])
    let file = FilePath(path)
    #expect(!file.isOpenForWriting)
    let reader = try #require(FileHandle(forReadingAtPath: path))
    #expect(!file.isOpenForWriting)
    let writer = try #require(FileHandle(forWritingAtPath: path))
    #expect(file.isOpenForWriting)
    try writer.close()
    #expect(!file.isOpenForWriting)
    try reader.close()
    #expect(!FilePath(temporary("none")).isOpenForWriting)
  }
}
