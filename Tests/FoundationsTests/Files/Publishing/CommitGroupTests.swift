import Foundations
import Glibc
import Testing

@Suite("Group commits", .timeLimit(.minutes(5)))
struct CommitGroupTests {
  @Test("tasks publish through one group, each its own file, and none is lost")
  func tasks() async throws {
    try await withTestFolder { folder in
      let group = try CommitGroup()
      let open = try Folder.open(folder)
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        for index in 0..<200 {
          tasks.addTask { try await publish(index, in: open, through: group) }
        }
        try await tasks.waitForAll()
      }
      await group.finish()
      try expectFiles(200, in: folder)
    }
  }

  @Test("threads publish through one group and block until their file is there")
  func threads() async throws {
    try await withTestFolder { folder in
      let group = try CommitGroup()
      let open = try Folder.open(folder)
      let publisher: @Sendable (Int) -> @Sendable () throws -> Void = { first in
        {
          for index in stride(from: first, to: 200, by: 8) {
            let staged = try StagedFile.create(in: open)
            try staged.append([UInt8(index)])
            let target = Destination(folder: open, name: name(index))
            try group.publish(staged, as: target)
            #expect(try content(of: target.path) == [UInt8(index)])
          }
        }
      }
      try await onThreads((0..<8).map(publisher))
      await group.finish()
      try expectFiles(200, in: folder)
    }
  }

  @Test("folders above that are named are on the disk with the file, each flushed once a batch")
  func foldersAbove() throws {
    try withTestFolder { folder throws in
      let group = try CommitGroup()
      let inner = try Folder.make(folder.appending("inner"), durability: .relaxed)
      let outer = try [Folder.open(folder), Folder.open(folder)]
      let disk = FailingDisk(under: folder)
      try disk.run {
        let staged = try StagedFile.create(in: inner)
        try group.publish(staged, as: Destination(folder: inner, name: "a"), with: outer)
      }
      let flushed = disk.calls.filter { $0.operation == "flush the folder" }.map(\.path)
      #expect(Set(flushed) == [folder, inner.path] && flushed.count == 2)
      let failure = disk.run(.once(errno: EIO), of: "flush the folder") { () -> FailureCode? in
        do {
          let staged = try StagedFile.create(in: inner)
          try group.publish(staged, as: Destination(folder: inner, name: "b"), with: outer)
          return nil
        } catch {
          return (error as? FileFailure)?.code
        }
      }
      #expect(failure == .fileNotDurable)
      group.finish()
    }
  }

  @Test("a failure reaches only the publisher whose file it concerns")
  func oneFails() async throws {
    try await withTestFolder { folder in
      let open = try Folder.open(folder)
      try write("old", to: folder.appending("file-3"))
      let group = try CommitGroup()
      let outcomes = await withTaskGroup(of: (Int, FailureCode?).self) { tasks in
        for index in 0..<8 {
          tasks.addTask {
            do {
              try await publish(index, in: open, through: group)
              return (index, nil)
            } catch {
              return (index, (error as? FileFailure)?.code)
            }
          }
        }
        return await tasks.reduce(into: [:]) { $0[$1.0] = $1.1 }
      }
      #expect(outcomes == [3: .fileExists])
      #expect(try content(of: folder.appending("file-3")) == Array("old".utf8))
      #expect(try names(in: folder).count == 8)
    }
  }

  @Test("in one batch all contents are on the disk before the first name, and a folder once")
  func order() async throws {
    try await withTestFolder { folder in
      try makeFolder(folder.appending("a"))
      try makeFolder(folder.appending("b"))
      let (a, b) = (try Folder.open(folder.appending("a")), try Folder.open(folder.appending("b")))
      // A second opening of the same folder is the same folder.
      let again = try Folder.open(folder.appending("a"))
      let group = try CommitGroup()
      let disks = [FailingDisk(under: a.path), FailingDisk(under: b.path)]
      try await disks[0].run {
        try await disks[1].run {
          try await publishTogether(5, through: group, in: folder) { index in
            let target = index == 4 ? b : index == 3 ? again : a
            try await publish(index, in: target, through: group)
          }
        }
      }
      let steps = disks[0].calls.map(\.operation).filter {
        ["start writing", "flush", "rename to", "flush the folder"].contains($0)
      }
      let expected = ["start writing", "flush", "rename to"].flatMap {
        Array(repeating: $0, count: 4)
      }
      #expect(steps == expected + ["flush the folder"])
      #expect(disks[1].calls.filter { $0.operation == "flush the folder" }.count == 1)
    }
  }

  @Test("a rename that fails fails alone in its batch, and leaves nothing", arguments: 1...4)
  func failingRename(number: Int) async throws {
    try await withTestFolder { folder in
      try makeFolder(folder.appending("files"))
      let open = try Folder.open(folder.appending("files"))
      let group = try CommitGroup()
      let failed = Monitor<[FailureCode]>([])
      try await FailingDisk(under: open.path).run(.once(errno: EIO), at: number, of: "rename to") {
        try await publishTogether(4, through: group, in: folder) { index in
          do {
            try await publish(index, in: open, through: group)
          } catch let failure as FileFailure {
            failed.withLock { $0.append(failure.code) }
            // Whoever is told finds it cleared up already.
            #expect(try !names(in: open.path).contains { $0.hasPrefix(".temp") })
          }
        }
      }
      #expect(failed.withLock { $0 } == [.inputOutput])
      #expect(try names(in: open.path).count == 3)
    }
  }

  @Test("a folder that cannot be flushed is told to those who published into it, not to others")
  func failingFolder() async throws {
    try await withTestFolder { folder in
      for name in ["a", "b"] { try makeFolder(folder.appending(name)) }
      let (a, b) = (try Folder.open(folder.appending("a")), try Folder.open(folder.appending("b")))
      let group = try CommitGroup()
      let failed = Monitor<[Int: FailureCode]>([:])
      try await FailingDisk(under: a.path).run(.once(errno: EIO), of: "flush the folder") {
        try await publishTogether(4, through: group, in: folder) { index in
          do {
            try await publish(index, in: index < 2 ? a : b, through: group)
          } catch let failure as FileFailure {
            failed.withLock { $0[index] = failure.code }
          }
        }
      }
      #expect(failed.withLock { $0 } == [0: .fileNotDurable, 1: .fileNotDurable])
      #expect(try names(in: a.path) == ["file-0", "file-1"])
      #expect(try names(in: b.path) == ["file-2", "file-3"])
    }
  }

  @Test("a batch has a bound in files", arguments: [(1, 7), (3, 3), (7, 1), (100, 1)])
  func filesAtOnce(limit: Int, batches: Int) async throws {
    var limits = CommitGroup.Limits()
    limits.filesAtOnce = limit
    #expect(try await batchesOfSeven(limits) == batches)
  }

  @Test("a batch has a bound in bytes, and a larger file is a batch by itself")
  func bytesAtOnce() async throws {
    var limits = CommitGroup.Limits()
    limits.bytesAtOnce = 2
    #expect(try await batchesOfSeven(limits) == 4)
    limits.bytesAtOnce = 0
    #expect(try await batchesOfSeven(limits) == 7)
  }

  @Test("more files than may wait are refused, and those that wait are published")
  func filesWaiting() async throws {
    try await withTestFolder { folder in
      var limits = CommitGroup.Limits()
      limits.filesWaiting = 3
      let group = try CommitGroup(limits: limits)
      let open = try Folder.open(folder)
      try await publishTogether(3, through: group, in: folder) { index in
        try await publish(index, in: open, through: group)
      } whileWaiting: {
        let failure = await #expect(throws: FileFailure.self) {
          try await publish(99, in: open, through: group)
        }
        #expect(failure?.code == .fileBusy)
      }
      #expect(try names(in: folder) == ["file-0", "file-1", "file-2", "held-up"])
    }
  }

  @Test("a group that is finished carries out what waits and takes no more")
  func finish() async throws {
    try await withTestFolder { folder in
      let group = try CommitGroup()
      let open = try Folder.open(folder)
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        try await publishTogether(3, through: group, in: folder) { index in
          try await publish(index, in: open, through: group)
        } whileWaiting: {
          tasks.addTask { await group.finish() }
        }
        try await tasks.waitForAll()
      }
      let failure = await #expect(throws: FileFailure.self) {
        try await publish(99, in: open, through: group)
      }
      #expect(failure?.code == .commitClosed)
      await group.finish()
      #expect(try names(in: folder) == ["file-0", "file-1", "file-2", "held-up"])
    }
  }

  @Test("two publishers of one name in one batch: the first has it")
  func sameName() async throws {
    try await withTestFolder { folder in
      let group = try CommitGroup()
      let open = try Folder.open(folder)
      let failed = Monitor(0)
      try await publishTogether(2, through: group, in: folder) { _ in
        do {
          try await publish(7, in: open, through: group)
        } catch let failure as FileFailure {
          #expect(failure.code == .fileExists)
          failed.withLock { $0 += 1 }
        }
      }
      #expect(failed.withLock { $0 } == 1)
      #expect(try names(in: folder) == ["file-7", "held-up"])
    }
  }

  /// How many batches it takes to publish seven files of one byte that all wait.
  private func batchesOfSeven(_ limits: CommitGroup.Limits) async throws -> Int {
    try await withTestFolder { folder in
      try makeFolder(folder.appending("files"))
      let open = try Folder.open(folder.appending("files"))
      let group = try CommitGroup(limits: limits)
      let disk = FailingDisk(under: open.path)
      try await disk.run {
        try await publishTogether(7, through: group, in: folder) { index in
          try await publish(index, in: open, through: group)
        }
      }
      try expectFiles(7, in: open.path)
      return disk.calls.filter { $0.operation == "flush the folder" }.count
    }
  }

  /// Has tasks publish while the group stands still, held up by a file of its own, so that all of
  /// them wait when it goes on.
  private func publishTogether(
    _ count: Int, through group: CommitGroup, in folder: FilePath,
    _ publishOne: @escaping @Sendable (Int) async throws -> Void,
    whileWaiting: () async throws -> Void = {}
  ) async throws {
    let (standing, stands) = AsyncStream<Void>.makeStream()
    let gate = Gate()
    let disk = FailingDisk(under: folder.appending("held-up"))
    let stall: @Sendable () -> Void = {
      stands.finish()
      gate.pass()
    }
    try await disk.run(.stalling(stall), of: "rename to") {
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        defer { gate.open() }
        tasks.addTask {
          let staged = try StagedFile.create(in: .open(folder))
          try await group.publish(staged, as: Destination(folder.appending("held-up")))
        }
        for await _ in standing {}
        for index in 0..<count { tasks.addTask { try await publishOne(index) } }
        try await until { group.waiting == count }
        try await whileWaiting()
        gate.open()
        try await tasks.waitForAll()
      }
    }
  }

  private func publish(_ index: Int, in folder: Folder, through group: CommitGroup) async throws {
    let staged = try StagedFile.create(in: folder)
    try staged.append([UInt8(index)])
    try await group.publish(staged, as: Destination(folder: folder, name: name(index)))
  }

  private func name(_ index: Int) -> FileName { FileName(text: "file-\(index)") ?? "none" }

  private func expectFiles(_ count: Int, in folder: FilePath) throws {
    #expect(try names(in: folder).count == count)
    for index in 0..<count {
      #expect(try content(of: folder.appending(name(index))) == [UInt8(index)])
    }
  }
}
