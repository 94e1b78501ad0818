import Foundations
import Glibc
import Testing

/// A way in which a file reaches its place, to be broken at each of its steps.
enum PublishingWay: String, CaseIterable, Sendable {
  case staged, stagedElsewhere, stagedNew, atomic, group, copied, hardLinked

  static let new = [UInt8](repeating: 2, count: 100_000)

  /// What stands at the target before.
  var old: [UInt8]? { self == .stagedNew ? nil : [1, 1, 1] }

  /// Publishes `new` as `target`; there is a file `source` and a folder `staging` beside it.
  func publish(as target: FilePath) throws {
    switch self {
    case .staged, .stagedNew:
      let staged = try StagedFile.create(beside: target)
      try staged.append(Self.new)
      try staged.publish(as: target, replacing: self == .staged)
    case .stagedElsewhere:
      let staged = try StagedFile.create(in: .open(target.sibling("staging")))
      try staged.append(Self.new)
      try staged.publish(as: target, replacing: true)
    case .atomic:
      try AtomicFile.replace(target, with: Self.new)
    case .group:
      let group = try CommitGroup()
      defer { group.finish() }
      let staged = try StagedFile.create(beside: target)
      try staged.append(Self.new)
      try group.publish(staged, as: Destination(target), replacing: true)
    case .copied, .hardLinked:
      try FileCopy.place(
        target.sibling("source"), as: Destination(target),
        ways: self == .copied ? [.copy] : [.hardLink], replacing: true)
    }
  }
}

@Suite("Publishing on a failing disk")
struct PublishFailureTests {
  @Test(
    "whichever call fails, the target is the old file or the new one, and nothing is left over",
    .timeLimit(.minutes(1)), arguments: PublishingWay.allCases, [EIO, ENOSPC])
  func onceFailing(way: PublishingWay, number: Int32) throws {
    try withTestFolder { folder throws in
      let disk = FailingDisk(under: folder)
      let calls = try breakEachCall(of: way, in: folder, disk, .once(errno: number)) {
        call throws in
        #expect(try leftovers(in: folder) == [], "after call \(call)")
      }
      #expect(calls >= 4)
    }
  }

  @Test(
    "a disk that is gone for good keeps the target whole, and a sweep takes what it left",
    .timeLimit(.minutes(1)), arguments: PublishingWay.allCases)
  func lastingFailure(way: PublishingWay) throws {
    try withTestFolder { folder throws in
      let disk = FailingDisk(under: folder)
      _ = try breakEachCall(of: way, in: folder, disk, .lasting(errno: EIO)) { _ in
        for place in [folder, folder.appending("staging")] {
          try StagedFile.sweep(.open(place), olderThan: .zero, clock: SystemTime())
        }
        #expect(try leftovers(in: folder) == [])
      }
    }
  }

  @Test("a file that outgrows what the process may write is not published")
  func fileTooBig() async throws {
    try await withTestFolder { folder in
      let target = folder.appending("x")
      try AtomicFile.replace(target, with: [1, 1, 1])
      // In a process of its own, because the limit is the whole process's.
      await #expect(processExitsWith: .success) { [text = target.text as String] in
        signal(SIGXFSZ, SIG_IGN)
        var limit = rlimit(rlim_cur: 10_000, rlim_max: 10_000)
        setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
        let failure = #expect(throws: FileFailure.self) {
          try AtomicFile.replace(FilePath(text), with: [UInt8](repeating: 2, count: 100_000))
        }
        #expect(failure?.code == .fileTooLarge)
      }
      #expect(try content(of: target) == [1, 1, 1])
      #expect(try names(in: folder) == ["x"])
    }
  }

  /// Breaks call 1, 2, 3 … of a publish until one has fewer calls, and checks the target each time.
  private func breakEachCall(
    of way: PublishingWay, in folder: FilePath, _ disk: FailingDisk, _ fault: FailingDisk.Fault,
    afterwards: (Int) throws -> Void
  ) throws -> Int {
    let target = folder.appending("target")
    try AtomicFile.replace(folder.appending("source"), with: PublishingWay.new)
    try makeFolder(folder.appending("staging"))
    for call in 1...100 {
      unlink(target.text)
      if let old = way.old { try AtomicFile.replace(target, with: old) }
      let result = Result { try disk.run(fault, at: call) { try way.publish(as: target) } }
      let now = FileStatus.ifPresent(target) == nil ? nil : try content(of: target)
      switch result {
      case .success: #expect(now == PublishingWay.new)
      case .failure(let failure as FileFailure) where failure.code == .fileNotDurable:
        #expect(now == PublishingWay.new)
      case .failure:
        #expect(now == way.old, "after call \(call), \(disk.calls.last?.operation ?? "none")")
      }
      try afterwards(call)
      if disk.calls.count < call { return call - 1 }
    }
    Issue.record("a publish has no end of calls")
    return 0
  }

  private func leftovers(in folder: FilePath) throws -> [String] {
    let inner = try names(in: folder.appending("staging"))
    return try names(in: folder).filter { !["source", "staging", "target"].contains($0) } + inner
  }
}
