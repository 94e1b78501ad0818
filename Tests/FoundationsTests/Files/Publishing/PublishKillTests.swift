import Foundations
import Glibc
import Testing

@Suite("Publishing by processes that are killed")
struct PublishKillTests {
  private static let old = [UInt8](repeating: 1, count: 60_000)

  @Test(
    "killed before any of its calls, a publish leaves the old file or the new one",
    .timeLimit(.minutes(2)), arguments: [PublishingWay.staged, .group])
  func atEachCall(way: PublishingWay) async throws {
    try await withTestFolder { folder in
      let target = folder.appending("target")
      let disk = FailingDisk(under: folder)
      try disk.run { try way.publish(as: target) }
      let calls = disk.calls.count
      #expect(calls >= 6)
      for call in 1...calls {
        try AtomicFile.replace(target, with: Self.old)
        await #expect(processExitsWith: .signal(SIGKILL)) {
          [text = folder.text as String, name = way.rawValue as String, call = call as Int] in
          let folder = FilePath(text)
          let way = try #require(PublishingWay(rawValue: name))
          try FailingDisk(under: folder).run(.kill, at: call) {
            try way.publish(as: folder.appending("target"))
          }
        }
        let now = try content(of: target)
        #expect(now == Self.old || now == PublishingWay.new, "killed before call \(call)")
        try sweepAndCheck(folder)
      }
    }
  }

  @Test("killed at any moment, a publisher leaves whole files", .timeLimit(.minutes(3)))
  func atAnyMoment() async throws {
    try await withTestFolder { folder in
      var random = PrintedRandom(for: "publishers killed at any moment")
      for name in Self.targets { try AtomicFile.replace(folder.appending(name), with: Self.old) }
      var leftovers = 0
      for _ in 0..<50 {
        let microseconds = Int.random(in: 0...20_000, using: &random)
        await #expect(processExitsWith: .signal(SIGKILL)) {
          [text = folder.text as String, microseconds = microseconds as Int] in
          try publishUntilKilled(in: FilePath(text), after: .microseconds(microseconds))
        }
        for name in Self.targets {
          let bytes = try content(of: folder.appending(name))
          #expect(bytes.count == Self.old.count && Set(bytes).count == 1)
        }
        leftovers += try names(in: folder).count - Self.targets.count
        try sweepAndCheck(folder)
      }
      // Otherwise all of them died too early or too late to show anything.
      #expect(leftovers > 0)
    }
  }

  static let targets = ["a", "b", "c", "target"]

  private func sweepAndCheck(_ folder: FilePath) throws {
    try StagedFile.sweep(.open(folder), olderThan: .zero, clock: SystemTime())
    #expect(try names(in: folder).allSatisfy(Self.targets.contains))
  }
}

/// Replaces files over and over, singly and through a group, until the process kills itself.
private func publishUntilKilled(in folder: FilePath, after time: Duration) throws {
  let never = Monitor(0)
  let group = try CommitGroup()
  for (index, name) in PublishKillTests.targets.enumerated() {
    try OwnThread.start(named: name) {
      let target = folder.appending(name)
      for round in 0... {
        let bytes = [UInt8](repeating: UInt8(truncatingIfNeeded: round), count: 60_000)
        do {
          guard index.isMultiple(of: 2) else {
            try AtomicFile.replace(target, with: bytes)
            continue
          }
          let staged = try StagedFile.create(beside: target)
          try staged.append(bytes)
          try group.publish(staged, as: Destination(target), replacing: true)
        } catch {
          fatalError("\(error)")
        }
      }
    }
  }
  // The deadline is the moment of death: nothing ever comes.
  let nothing: Void? = never.wait(atMost: time) { _ in nil }
  #expect(nothing == nil)
  kill(getpid(), SIGKILL)
}
