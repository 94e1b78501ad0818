import Foundations
import Glibc
import Testing

@Suite("Copies of files")
struct FileCopyTests {
  private let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }

  @Test("the cheapest way that works is taken, and told")
  func cheapest() throws {
    try withTestFolder { folder throws in
      let source = folder.appending("source")
      try AtomicFile.replace(source, with: bytes, durability: .relaxed)
      let target = folder.appending("target")
      let way = try FileCopy.place(source, as: Destination(target))
      // Which of the two depends on the file system that the tests run on.
      #expect(way == .reflink || way == .hardLink)
      #expect(try content(of: target) == bytes)
      let isSame = try FileStatus.of(source).isSameFile(as: FileStatus.of(target))
      #expect(isSame == (way == .hardLink))
      #expect(try names(in: folder) == ["source", "target"])
    }
  }

  @Test("a copy is a file of its own, with progress told up to its size")
  func copied() throws {
    try withTestFolder { folder throws in
      let (source, target) = try files(in: folder)
      var progress: [Int64] = []
      let way = try FileCopy.place(source, as: Destination(target), ways: [.copy]) {
        progress.append($0)
      }
      #expect(way == .copy)
      #expect(try content(of: target) == bytes)
      #expect(try !FileStatus.of(source).isSameFile(as: FileStatus.of(target)))
      #expect(progress.last == Int64(bytes.count) && progress == progress.sorted())
    }
  }

  @Test("where the kernel cannot copy, the bytes are read and written")
  func copiedByHand() throws {
    try withTestFolder { folder throws in
      let (source, target) = try files(in: folder)
      let disk = FailingDisk(under: folder)
      try disk.run(.once(errno: EXDEV), of: "copy to") {
        _ = try FileCopy.place(source, as: Destination(target), ways: [.copy])
      }
      #expect(disk.calls.contains { $0.operation == "write" })
      #expect(try content(of: target) == bytes)
    }
  }

  @Test("an empty file and one that the kernel makes up while it is read are copied whole")
  func oddSources() throws {
    try withTestFolder { folder throws in
      try write("", to: folder.appending("empty"))
      let empty = folder.appending("empty-copy")
      try FileCopy.place(folder.appending("empty"), as: Destination(empty), ways: [.copy])
      #expect(try content(of: empty) == [])
      let version = folder.appending("version")
      try FileCopy.place("/proc/version", as: Destination(version), ways: [.copy])
      #expect(try content(of: version) == SmallFile.read("/proc/version", limit: 1 << 16))
    }
  }

  @Test("a copy that is stopped leaves nothing behind")
  func stopped() throws {
    try withTestFolder { folder throws in
      let (source, target) = try files(in: folder)
      let stop = StopFlag()
      #expect(throws: StoppedFailure.self) {
        try FileCopy.place(source, as: Destination(target), ways: [.copy], stop: stop) { _ in
          stop.stop()
        }
      }
      #expect(try names(in: folder) == ["source"])
    }
  }

  @Test("across file systems a link is no way, and a copy is taken if it may be")
  func elsewhere() throws {
    try withTestFolder { folder throws in
      let (source, target) = try files(in: folder)
      let disk = FailingDisk(under: folder)
      let failure = #expect(throws: FileFailure.self) {
        try disk.run(.once(errno: EXDEV), of: "link") {
          _ = try FileCopy.place(source, as: Destination(target), ways: [.hardLink])
        }
      }
      #expect(failure?.code == .fileElsewhere)
      let way = try disk.run(.once(errno: EXDEV), of: "link") {
        try FileCopy.place(source, as: Destination(target), ways: [.hardLink, .copy])
      }
      #expect(way == .copy)
      #expect(try names(in: folder) == ["source", "target"])
    }
  }

  @Test(
    "what stands at the target stays, unless it may be replaced", arguments: FileCopy.Way.allCases)
  func target(way: FileCopy.Way) throws {
    try withTestFolder { folder throws in
      let (source, target) = try files(in: folder)
      try write("old", to: target)
      let ways = way == .reflink ? [way, .copy] : [way]
      let failure = #expect(throws: FileFailure.self) {
        try FileCopy.place(source, as: Destination(target), ways: ways)
      }
      #expect(failure?.code == .fileExists)
      #expect(try content(of: target) == Array("old".utf8))
      // Twice: the second time a hard link already is the same file.
      for _ in 0..<2 {
        try FileCopy.place(source, as: Destination(target), ways: ways, replacing: true)
        #expect(try content(of: target) == bytes)
        #expect(try names(in: folder) == ["source", "target"])
      }
    }
  }

  @Test("a link as the source stands for the file it names", arguments: FileCopy.Way.allCases)
  func throughLink(way: FileCopy.Way) throws {
    try withTestFolder { folder throws in
      let (_, target) = try files(in: folder)
      try makeLink(at: folder.appending("link"), to: "source")
      let ways = way == .reflink ? [way, .copy] : [way]
      try FileCopy.place(folder.appending("link"), as: Destination(target), ways: ways)
      #expect(try FileStatus.of(target, followLinks: false).kind == .plain)
      #expect(try content(of: target) == bytes)
    }
  }

  @Test("a folder or a pipe is not copied, and nothing waits for a writer", .timeLimit(.minutes(1)))
  func notPlain() throws {
    try withTestFolder { folder throws in
      mkfifo(folder.appending("pipe").text, 0o600)
      try makeFolder(folder.appending("inner"))
      for name in ["pipe", "inner"] {
        let failure = #expect(throws: FileFailure.self) {
          try FileCopy.place(folder.appending(name), as: Destination(folder.appending("x")))
        }
        #expect(failure?.code == .fileNotPlain)
      }
    }
  }

  private func files(in folder: FilePath) throws -> (source: FilePath, target: FilePath) {
    let source = folder.appending("source")
    try AtomicFile.replace(source, with: bytes, durability: .relaxed)
    return (source, folder.appending("target"))
  }
}
