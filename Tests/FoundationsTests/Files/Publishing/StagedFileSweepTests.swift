import Foundations
import Glibc
import Testing

@Suite("Sweeping up after crashes")
struct StagedFileSweepTests {
  private let leftover = ".temp-00000000000000ab.video.mp4"

  @Test("what a crash left is removed, and nothing else")
  func swept() throws {
    try withTestFolder { folder throws in
      let others = [
        "video.mp4", ".hidden", ".temp-", ".temp-xyz.video", ".temp-00000000000000AB.upper",
        ".temp-00000000000000ab.", ".temp-00000000000000ab", "temp-00000000000000ab.x",
      ]
      for name in others { try write("keep", to: folder.appending(name)) }
      try write("12345", to: folder.appending(leftover))
      try makeFolder(folder.appending(".temp-00000000000000cd.folder"))
      let swept = try sweep(folder)
      #expect(swept.files == 1 && swept.bytes == 5 && swept.failed == 0)
      let expected = (others + [".temp-00000000000000cd.folder"]).sorted()
      #expect(try names(in: folder) == expected)
    }
  }

  @Test("a file whose owner lives is left alone, whatever its age")
  func alive() throws {
    try withTestFolder { folder throws in
      let staged = try StagedFile.create(beside: folder.appending("x"))
      try staged.file.setModified(Timestamp(microseconds: 0))
      #expect(try sweep(folder).files == 0)
      try staged.publish(as: folder.appending("x"))
      #expect(try names(in: folder) == ["x"])
    }
  }

  @Test("a young leftover is left for a later sweep")
  func young() throws {
    try withTestFolder { folder throws in
      let path = folder.appending(leftover)
      try write("x", to: path)
      let clock = ManualTime()
      try FileDescriptor.open(path, O_RDWR).setModified(clock.now)
      let open = try Folder.open(folder)
      clock.advance(by: .seconds(59))
      #expect(try StagedFile.sweep(open, olderThan: .seconds(60), clock: clock).files == 0)
      clock.advance(by: .seconds(1))
      #expect(try StagedFile.sweep(open, olderThan: .seconds(60), clock: clock).files == 1)
    }
  }

  @Test("a leftover that cannot be removed is counted and does not end the sweep")
  func failing() throws {
    try withTestFolder { folder throws in
      try write("x", to: folder.appending(leftover))
      try write("x", to: folder.appending(".temp-00000000000000ac.x"))
      let open = try Folder.open(folder)
      let disk = FailingDisk(under: folder)
      let swept = try disk.run(.once(errno: EACCES), of: "remove") {
        try StagedFile.sweep(open, olderThan: .zero, clock: SystemTime())
      }
      #expect(swept.failed == 1 && swept.files == 1)
    }
  }

  @Test("an owner whose file a sweep was quicker to lock takes another name")
  func race() throws {
    try withTestFolder { folder throws in
      let open = try Folder.open(folder)
      var numbers: [UInt64] = [1, 2]
      let staged = try FailingDisk(under: folder).run(.once(errno: EWOULDBLOCK), of: "lock") {
        try StagedFile.create(in: open, for: "x") { numbers.removeFirst() }
      }
      #expect(staged.path.name == ".temp-0000000000000002.x")
      #expect(try names(in: folder) == [staged.path.name])
    }
  }

  @Test(
    "makers and sweepers at once lose no file that its owner still has", .timeLimit(.minutes(1)))
  func together() async throws {
    try await withTestFolder { folder in
      let stop = StopFlag()
      let sweeper: @Sendable () throws -> Void = {
        while !stop.isStopped { _ = try sweep(folder) }
      }
      let maker: @Sendable () throws -> Void = {
        defer { stop.stop() }
        for index in 0..<500 {
          let target = folder.appending("file-\(index)")
          let staged = try StagedFile.create(beside: target)
          try staged.append([UInt8(truncatingIfNeeded: index)])
          try staged.publish(as: target, durability: .relaxed)
        }
      }
      try await onThreads([sweeper, sweeper, maker])
      #expect(try names(in: folder).count == 500)
    }
  }

  @discardableResult
  private func sweep(_ folder: FilePath) throws -> StagedFile.Swept {
    try StagedFile.sweep(.open(folder), olderThan: .zero, clock: SystemTime())
  }
}
