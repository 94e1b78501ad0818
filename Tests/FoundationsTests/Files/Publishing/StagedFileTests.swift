import Foundations
import Glibc
import Testing

@Suite("Staged files")
struct StagedFileTests {
  @Test("a file is seen only once it is published, and then whole")
  func published() throws {
    try withTestFolder { folder throws in
      let target = folder.appending("video.mp4")
      let staged = try StagedFile.create(beside: target)
      try staged.append(Array("first ".utf8))
      try staged.append(Array("second".utf8))
      #expect(FileStatus.ifPresent(target) == nil)
      let path = staged.path
      #expect(path.name.hasPrefix(".temp-") && path.name.hasSuffix(".video.mp4"))
      #expect(path.parent == folder)
      try staged.publish(as: target)
      #expect(try content(of: target) == Array("first second".utf8))
      #expect(try names(in: folder) == ["video.mp4"])
    }
  }

  @Test("a file that is let go of is gone")
  func dropped() throws {
    try withTestFolder { folder throws in
      do {
        let staged = try StagedFile.create(beside: folder.appending("x"))
        try staged.append([1, 2, 3])
        #expect(try names(in: folder).count == 1)
      }
      #expect(try names(in: folder) == [])
    }
  }

  @Test("what the owner throws before publishing leaves no trace")
  func ownersCheck() throws {
    struct Unwanted: Error {}
    try withTestFolder { folder throws in
      func publish() throws {
        let staged = try StagedFile.create(beside: folder.appending("x"))
        try staged.append([1, 2, 3])
        if try staged.file.status().size != 4 { throw Unwanted() }
        try staged.publish(as: folder.appending("x"))
      }
      #expect(throws: Unwanted.self) { try publish() }
      #expect(try names(in: folder) == [])
    }
  }

  @Test("a target that stands is kept unless it may be replaced")
  func existing() throws {
    try withTestFolder { folder throws in
      let target = folder.appending("x")
      try write("old", to: target)
      let failure = #expect(throws: FileFailure.self) {
        let staged = try StagedFile.create(beside: target)
        try staged.publish(as: target)
      }
      #expect(failure?.code == .fileExists)
      #expect(failure?.message.contains("\(target)") == true)
      #expect(try content(of: target) == Array("old".utf8))
      #expect(try names(in: folder) == ["x"])

      let staged = try StagedFile.create(beside: target)
      try staged.append(Array("new".utf8))
      try staged.publish(as: target, replacing: true)
      #expect(try content(of: target) == Array("new".utf8))
      #expect(try names(in: folder) == ["x"])
    }
  }

  @Test("a file system that knows only renames that replace is asked to link")
  func withoutNewRename() throws {
    try withTestFolder { folder throws in
      let target = folder.appending("x")
      try FailingDisk(under: folder).run(.once(errno: EINVAL), of: "rename to") {
        try publishNew(as: target)
      }
      #expect(try content(of: target) == Array("new".utf8))
      #expect(try names(in: folder) == ["x"])
    }
  }

  @Test("and where the target stands, the link refuses too")
  func withoutNewRenameRefused() throws {
    try withTestFolder { folder throws in
      let target = folder.appending("x")
      try write("old", to: target)
      let failure = #expect(throws: FileFailure.self) {
        try FailingDisk(under: folder).run(.once(errno: EINVAL), of: "rename to") {
          try publishNew(as: target)
        }
      }
      #expect(failure?.code == .fileExists)
      #expect(try content(of: target) == Array("old".utf8))
      #expect(try names(in: folder) == ["x"])
    }
  }

  @Test("from a staging folder of the same file system a file moves into its target's folder")
  func stagingFolder() throws {
    try withTestFolder { folder throws in
      try makeFolder(folder.appending("staging"))
      try makeFolder(folder.appending("blobs"))
      let staged = try StagedFile.create(in: .open(folder.appending("staging")))
      try staged.append([7])
      try staged.publish(as: folder.appending("blobs/ab"))
      #expect(try names(in: folder.appending("staging")) == [])
      #expect(try content(of: folder.appending("blobs/ab")) == [7])
    }
  }

  @Test("first the content reaches the disk, then the name changes, then the folder is flushed")
  func order() throws {
    try withTestFolder { folder throws in
      let target = try Destination(folder.appending("x"))
      let disk = FailingDisk(under: folder)
      let path = try disk.run {
        let staged = try StagedFile.create(beside: target)
        let path = staged.path
        try staged.publish(as: target)
        return path
      }
      let steps = disk.calls.map { "\($0)" }.filter { !$0.hasPrefix("read the status") }
      #expect(
        steps == [
          "open \(path)", "lock \(path)", "flush \(path)", "rename to \(target.path)",
          "flush the folder \(folder)",
        ])
    }
  }

  @Test("a relaxed publish waits for no disk")
  func relaxed() throws {
    try withTestFolder { folder throws in
      let target = try Destination(folder.appending("x"))
      let disk = FailingDisk(under: folder)
      try disk.run {
        let staged = try StagedFile.create(beside: target)
        try staged.publish(as: target, durability: .relaxed)
      }
      #expect(!disk.calls.contains { $0.operation.hasPrefix("flush") })
      #expect(disk.calls.last?.operation == "rename to")
    }
  }

  @Test("its lock is free when it is let go of, also while a starting child holds a copy of it")
  func lockOfCopies() throws {
    try withTestFolder { folder throws in
      let target = folder.appending("x")
      let staged = try StagedFile.create(beside: target)
      let copy = FileDescriptor(owning: dup(staged.file.number))
      try staged.publish(as: target)
      #expect(try FileDescriptor.open(target, O_RDWR).tryLock())
      _ = copy
    }
  }

  @Test("a tool that puts a file of its own at the path has that one flushed and published")
  func replacedByTool() throws {
    try withTestFolder { folder throws in
      let target = folder.appending("x.png")
      let staged = try StagedFile.create(beside: target)
      try write("by the tool", to: folder.appending("tool"))
      #expect(rename(folder.appending("tool").text, staged.path.text) == 0)
      let inode = try FileStatus.of(staged.path).inode
      try staged.publish(as: target)
      #expect(try content(of: target) == Array("by the tool".utf8))
      #expect(try FileStatus.of(target).inode == inode)
    }
  }

  @Test("a tool that leaves no plain file at the path has nothing published")
  func replacedByLink() throws {
    try withTestFolder { folder throws in
      let target = folder.appending("x")
      let failure = #expect(throws: FileFailure.self) {
        let staged = try StagedFile.create(beside: target)
        #expect(unlink(staged.path.text) == 0)
        try makeLink(at: staged.path, to: "/etc/passwd")
        try staged.publish(as: target)
      }
      #expect(failure?.code == .fileNotPlain)
      #expect(try names(in: folder) == [])
    }
  }

  @Test("a link at the target is replaced, and what it names stays")
  func linkAtTarget() throws {
    try withTestFolder { folder throws in
      try write("far", to: folder.appending("far"))
      try makeLink(at: folder.appending("x"), to: "far")
      try AtomicFile.replace(folder.appending("x"), with: Array("new".utf8))
      #expect(try content(of: folder.appending("far")) == Array("far".utf8))
      #expect(try FileStatus.of(folder.appending("x"), followLinks: false).kind == .plain)
    }
  }

  @Test("a temporary name that is taken is not touched, and another is tried")
  func takenName() throws {
    try withTestFolder { folder throws in
      let open = try Folder.open(folder)
      try write("theirs", to: folder.appending(".temp-0000000000000001.x"))
      var numbers: [UInt64] = [1, 1, 2]
      let staged = try StagedFile.create(in: open, for: "x") { numbers.removeFirst() }
      #expect(staged.path.name == ".temp-0000000000000002.x")
      #expect(throws: FileFailure.self) {
        _ = try StagedFile.create(in: open, for: "x") { 1 }
      }
      let theirs = folder.appending(".temp-0000000000000001.x")
      #expect(try content(of: theirs) == Array("theirs".utf8))
    }
  }

  @Test("a target with the longest name can be published")
  func longName() throws {
    try withTestFolder { folder throws in
      let name = String(repeating: "ä", count: 125) + ".jpeg"
      let target = folder.appending(name)
      let staged = try StagedFile.create(beside: target)
      #expect(staged.path.name.hasSuffix("ä.jpeg"))
      try staged.publish(as: target)
      #expect(try names(in: folder) == [name])
    }
  }

  @Test(
    "a target that names no file is refused before anything is made",
    arguments: ["..", "a/..", "no/such/x", "file/x"])
  func badTarget(text: String) throws {
    try withTestFolder { folder throws in
      #expect(throws: FileFailure.self) {
        _ = try StagedFile.create(beside: folder.appending(text))
      }
      #expect(try names(in: folder) == [])
    }
  }

  @Test("mode and time are set before anybody sees the file")
  func modeAndTime() throws {
    try withTestFolder { folder throws in
      let target = folder.appending("x")
      let staged = try StagedFile.create(beside: target)
      try staged.file.setMode(0o444)
      try staged.file.setModified(Timestamp(microseconds: 1_000_000))
      try staged.publish(as: target)
      let status = try FileStatus.of(target)
      #expect(status.mode == 0o444 && status.modifiedNanoseconds == 1_000_000_000)
    }
  }

  private func publishNew(as target: FilePath) throws {
    let staged = try StagedFile.create(beside: target)
    try staged.append(Array("new".utf8))
    try staged.publish(as: target)
  }
}
