import Foundation
import Foundations
import Glibc
import Synchronization
import Testing

@Suite("Scratch folders", .timeLimit(.minutes(5)))
struct ScratchFoldersTests {
  private let around: ScratchFolder
  private let folders: ScratchFolders

  init() throws {
    around = try temporaryFolder()
    folders = ScratchFolders(root: around.path.appending("work"))
  }

  private var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: folders.root.text).sorted() }
  }

  /// Sweeps as somebody would at a later time.
  private func sweepLater(
    by age: Duration = .seconds(3600), olderThan limit: Duration = .seconds(60)
  ) throws -> ScratchReport {
    let time = ManualTime(startingAt: SystemTime().now + age)
    return try ScratchFolders(root: folders.root, time: time).sweep(olderThan: limit)
  }

  /// What a killed process leaves: a folder with content whose lock nobody holds.
  private func abandoned() throws -> FilePath {
    let folder = try folders.make(for: "encode")
    try writeProgram("x", at: folder.path.appending("file"))
    try folder.keep()
    return folder.path
  }

  @Test("each is new, empty, named for its purpose and private")
  func new() throws {
    let (one, two) = (try folders.make(for: "encode"), try folders.make(for: "encode"))
    #expect(one.path != two.path)
    #expect(one.path.name.hasPrefix("encode-"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: one.path.text).isEmpty)
    let status = try FileStatus.of(one.path)
    #expect(status.kind == .folder)
    #expect(status.mode == 0o700)
  }

  @Test("a name that is taken is not taken again")
  func taken() throws {
    let numbers = Numbers([7, 7, 7, 8])
    let folders = ScratchFolders(root: folders.root) { numbers.next() }
    let one = try folders.make(for: "a")
    let two = try folders.make(for: "a")
    #expect(one.path.name == "a-0000000000000007")
    #expect(two.path.name == "a-0000000000000008")
  }

  @Test("where every name is taken it says so")
  func allTaken() throws {
    let folders = ScratchFolders(root: folders.root) { 7 }
    let one = try folders.make(for: "a")
    let failure = #expect(throws: FileFailure.self) { try folders.make(for: "a") }
    #expect(failure?.code == .fileExists)
    withExtendedLifetime(one) {}
  }

  @Test("a root that cannot be made is named")
  func badRoot() throws {
    let folders = ScratchFolders(root: "/no/such/root")
    let failure = #expect(throws: FileFailure.self) { try folders.make(for: "a") }
    #expect(failure?.message.contains("/no/such/root") == true)
  }

  @Test("one that is let go of is removed with all in it, and its lock with it")
  func lettingGo() throws {
    do {
      let folder = try folders.make(for: "encode")
      try writeProgram("x", at: folder.path.appending("file"))
      #expect(try names.count == 2)
    }
    #expect(try names == [])
  }

  @Test("removing is done once and says what was removed")
  func removing() throws {
    let folder = try folders.make(for: "encode")
    let report = folder.remove()
    #expect(report.removed == [folder.path])
    #expect(report.kept.isEmpty)
    #expect(folder.remove().removed.isEmpty)
    #expect(try names == [])
  }

  @Test("one that is kept stays, until a sweep finds it old enough")
  func kept() throws {
    let path = try abandoned()
    #expect(FileStatus.ifPresent(path.appending("file")) != nil)
    #expect(try sweepLater(by: .seconds(59)).removed.isEmpty)
    #expect(try sweepLater(by: .seconds(61)).removed == [path])
    #expect(try names == [])
  }

  @Test("one in use is not swept, however old")
  func inUse() throws {
    let folder = try folders.make(for: "encode")
    #expect(try sweepLater(by: .seconds(1_000_000)).removed.isEmpty)
    #expect(FileStatus.ifPresent(folder.path) != nil)
  }

  @Test("one whose owner was killed is swept, and not before")
  func killed() async throws {
    let root = folders.root.text
    await #expect(processExitsWith: .signal(SIGKILL)) { [root = root as String] in
      let folder = try ScratchFolders(root: FilePath(root)).make(for: "crashed")
      try writeProgram("x", at: folder.path.appending("file"))
      kill(getpid(), SIGKILL)
    }
    #expect(try names.count == 2)
    #expect(try sweepLater().removed.map(\.name).allSatisfy { $0.hasPrefix("crashed-") })
    #expect(try names == [])
  }

  @Test("a child of the owner does not keep it locked")
  func child() async throws {
    let folder = try folders.make(for: "encode")
    let (child, _) = try await startReady(sleeper(), in: sharedChildren())
    try folder.keep()
    #expect(try sweepLater().removed == [folder.path])
    child.stop(grace: .zero)
    _ = await child.wait()
  }

  @Test("strangers in the root are left alone")
  func strangers() throws {
    let folder = try abandoned()
    let strangers = [
      "notes.txt", "encode", "encode-1", "encode-00000000000000zz", "a b-0000000000000001",
      "-0000000000000001", "x.lock",
    ]
    for name in strangers { try writeProgram("x", at: folders.root.appending(name)) }
    #expect(try sweepLater().removed == [folder])
    #expect(try names == strangers.sorted())
  }

  @Test("a lock without its folder, and a folder without its lock, are swept")
  func halves() throws {
    let (one, two) = (try abandoned(), try abandoned())
    unlink("\(one).lock")
    try FileManager.default.removeItem(atPath: two.text)
    #expect(try Set(sweepLater().removed) == [one, two])
    #expect(try names == [])
  }

  @Test("a link in a scratch folder's place is removed, and what it leads to is not")
  func link() throws {
    let precious = around.path.appending("precious")
    try FileManager.default.createDirectory(
      atPath: precious.text, withIntermediateDirectories: true)
    try writeProgram("x", at: precious.appending("file"))
    let path = try abandoned()
    try FileManager.default.removeItem(atPath: path.text)
    symlink(precious.text, path.text)
    #expect(try sweepLater().removed == [path])
    #expect(FileStatus.ifPresent(precious.appending("file")) != nil)
  }

  @Test("one that cannot be locked is kept and named; the others are swept")
  func unlockable() throws {
    let (one, two) = (try abandoned(), try abandoned())
    unlink("\(one).lock")
    mkdir("\(one).lock", 0o700)
    let report = try sweepLater()
    #expect(report.removed == [two])
    #expect(report.kept.map(\.path) == [one])
    #expect(FileStatus.ifPresent(one.appending("file")) != nil)
    rmdir("\(one).lock")
  }

  @Test("where there is no root there is nothing to sweep")
  func noRoot() throws {
    #expect(try ScratchFolders(root: "/no/such/root").sweep(olderThan: .zero).removed.isEmpty)
  }

  @Test("makers and sweepers that meet take nothing away from each other")
  func race() async throws {
    // Two names for all, so that they meet all the time; the clock runs ahead, so that whatever
    // is not locked is old enough.
    let time = ManualTime(startingAt: SystemTime().now + .seconds(3600))
    let root = folders.root
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask {
          let folders = ScratchFolders(root: root, time: time) { .random(in: 0..<2) }
          for _ in 0..<400 {
            do {
              let folder = try folders.make(for: "race")
              try writeProgram("mine", at: folder.path.appending("file"))
              #expect(try contents(of: folder.path.appending("file")) == Array("mine".utf8))
              #expect(folder.remove().kept.isEmpty)
            } catch let failure as FileFailure where failure.code == .fileExists {
              continue  // Both names were taken whenever it looked.
            }
          }
        }
        group.addTask {
          let folders = ScratchFolders(root: root, time: time)
          for _ in 0..<400 { _ = try folders.sweep(olderThan: .zero) }
        }
      }
      try await group.waitForAll()
    }
    _ = try ScratchFolders(root: root, time: time).sweep(olderThan: .zero)
    #expect(try names == [])
  }
}

/// Numbers in a given order, as a source of chance.
private final class Numbers: Sendable {
  private let state: Mutex<ArraySlice<UInt64>>
  init(_ numbers: [UInt64]) { state = Mutex(numbers[...]) }
  func next() -> UInt64 { state.withLock { $0.popFirst() ?? 0 } }
}
