import Blobs
import Foundation
import Foundations
import Glibc
import Model
import Runs
import TestSupport
import Testing

@Suite("Runs and crashes", .timeLimit(.minutes(10)))
struct RunCrashTests {
  @Test(
    "killed before any of its calls, an addition is whole or not there, and can be made again",
    arguments: Backend.allCases, [5, 300_000])
  func killedAtEachCall(_ backend: Backend, size: Int) async throws {
    let folder = try TemporaryFolder()
    let path = FilePath(folder.path).appending("library")
    let first = try TestLibrary(backend, at: path)
    // Large metadata takes the place of the old in another way.
    let run = try first.begin(String(repeating: "x", count: size))
    let counted = FailingDisk(under: path.appending("runs"))
    try counted.run { _ = try first.add(TestMedia.png(0), to: run.id) }
    let calls = counted.calls.count
    #expect(calls > 8)
    var adopted = 0
    for call in 1...calls {
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [
          kind = backend.rawValue as String, path = path.text as String, id = run.id.text as String,
          call = call as Int
        ] in
        let backend = try #require(Backend(rawValue: kind))
        let library = try TestLibrary(backend, at: FilePath(path))
        try FailingDisk(under: FilePath(path).appending("runs")).run(.kill, at: call) {
          _ = try library.add(TestMedia.png(call), to: try RunID(id))
        }
      }
      let library = try TestLibrary(backend, at: path)
      let report = try library.runs.reconcile(run.id)
      adopted += report.adopted.count
      #expect(report.missing == [] && report.damagedMetadata == nil)
      try library.check(run.id)
      // Once more, as whoever got no answer does: it is there once.
      let output = try library.add(TestMedia.png(call), to: run.id, type: "image")
      let blob = try #require(output.blob)
      let count = try library.runs.metadata(of: run.id).outputs.filter { $0.blob == blob }.count
      #expect(count == 1 || report.adopted.isEmpty, "call \(call)")
      try library.check(run.id)
    }
    print("\(calls) calls, \(adopted) outputs found after a crash")
    #expect(adopted > 0)
  }

  @Test(
    "killed at any of 200 moments, adders leave a run whose files, metadata and rows agree",
    arguments: Backend.allCases)
  func killedAtRandom(_ backend: Backend) async throws {
    let folder = try TemporaryFolder()
    let path = FilePath(folder.path).appending("library")
    let run = try TestLibrary(backend, at: path).begin()
    var random = Seeded()
    print("adders killed at any moment: SEED=\(random.seed)")
    var (outputs, adopted) = (0, 0)
    for round in 0..<200 {
      let time = Int.random(in: 0...12_000, using: &random)
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [
          kind = backend.rawValue as String,
          path = path.text as String, id = run.id.text as String, time = time as Int,
          round = round as Int
        ] in
        try addUntilKilled(
          kind, FilePath(path), try RunID(id), round, after: .microseconds(time))
      }
      if round % 20 < 19 { continue }
      let library = try TestLibrary(backend, at: path)
      let report = try library.runs.reconcile(run.id)
      #expect(report.missing == [] && report.damagedMetadata == nil)
      adopted += report.adopted.count
      try library.check(run.id)
      outputs = try library.runs.metadata(of: run.id).outputs.count
    }
    print("\(outputs) outputs are there, \(adopted) of them found after a crash at the last looks")
    #expect(outputs > 10)
    let names = try TestLibrary(backend, at: path).names(run.id)
    #expect(!names.contains { $0.hasPrefix(".") })
  }

  @Test(
    "whichever call fails, a change is made or not, and goes through when the disk is well",
    arguments: [(EIO, .durable, 5), (ENOSPC, .durable, 5), (EIO, Durability.relaxed, 300_000)],
    Backend.allCases)
  func failingDisk(
    _ fault: (number: Int32, durability: Durability, size: Int), _ backend: Backend
  ) throws {
    for call in 1...200 {
      let library = try TestLibrary(backend) { $0.durability = fault.durability }
      let run = try library.begin(String(repeating: "x", count: fault.size))
      try library.add(TestMedia.png(1), to: run.id)
      let disk = FailingDisk(under: library.folder.appending("runs"))
      let new = try library.content(TestMedia.png(2))
      let failed = disk.run(.once(errno: fault.number), at: call) {
        code {
          _ = try library.runs.add(new, to: run.id, OutputDetails(type: "image"))
          _ = try library.runs.setState(RunStateChange(.complete), of: run.id)
        }
      }
      let report = try library.runs.reconcile(run.id)
      #expect(report.missing == [] && report.damagedMetadata == nil, "call \(call)")
      try library.check(run.id)
      #expect(try library.runs.metadata(of: run.id).outputs[0].filename == "output_image.png")
      try library.add(TestMedia.png(3), to: run.id)
      _ = try library.runs.setState(RunStateChange(.complete), of: run.id)
      #expect(try library.runs.metadata(of: run.id).run.state.status == .complete)
      try library.check(run.id)
      if disk.calls.count < call {
        #expect(failed == nil && call > 20)
        return
      }
    }
    Issue.record("the addition never succeeds")
  }

  @Test("a full disk refuses an addition and leaves the run as it was", arguments: Backend.allCases)
  func full(_ backend: Backend) throws {
    let library = try TestLibrary(backend)
    let run = try library.begin()
    try library.add(TestMedia.png(1), to: run.id)
    let before = try library.names(run.id)
    let new = try library.content(TestMedia.png(2))
    let refusal = FailingDisk(under: library.path(run.id))
      .run(.lasting(errno: ENOSPC), of: "write") {
        code { _ = try library.runs.add(new, to: run.id) }
      }
    #expect(refusal == "file.disk_full")
    #expect(try library.names(run.id) == before)
    #expect(try library.runs.metadata(of: run.id).outputs.count == 1)
    try library.check(run.id)
  }

  @Test(
    "where the catalogue cannot be written the folder has the change, and the rows follow",
    arguments: Backend.allCases)
  func catalogueFails(_ backend: Backend) throws {
    let library = try TestLibrary(backend)
    let run = try library.begin()
    library.catalogue.fail(FileFailure(errno: ENOSPC, operation: "write", path: nil))
    #expect(code { try library.add(TestMedia.png(1), to: run.id) } == "run.not_catalogued")
    library.catalogue.fail(nil)
    #expect(try library.rows(run.id) == [])
    _ = try library.runs.setState(RunStateChange(stage: "x"), of: run.id)
    #expect(try library.rows(run.id).count == 1)
  }

  @Test(
    "what was added without the catalogue and is added again is one output, and another is another",
    arguments: Backend.allCases)
  func addedAgain(_ backend: Backend) throws {
    let library = try TestLibrary(backend)
    let run = try library.begin()
    try library.add(TestMedia.png(1), to: run.id)
    library.catalogue.fail(FileFailure(errno: ENOSPC, operation: "write", path: nil))
    for _ in 0..<3 {
      #expect(code { try library.add(TestMedia.png(2), to: run.id) } == "run.not_catalogued")
    }
    library.catalogue.fail(nil)
    #expect(try library.add(TestMedia.png(2), to: run.id).filename == "output_image_2.png")
    #expect(try library.runs.metadata(of: run.id).outputs.count == 2)
    try library.check(run.id)
    // Told again that it is there, who adds it once more means a second one; so do other details.
    #expect(try library.add(TestMedia.png(2), to: run.id).ordinal == 3)
    #expect(try library.add(TestMedia.png(1), to: run.id).ordinal == 4)
    library.catalogue.fail(FileFailure(errno: ENOSPC, operation: "write", path: nil))
    #expect(code { try library.add(TestMedia.png(5), to: run.id) } == "run.not_catalogued")
    library.catalogue.fail(nil)
    #expect(try library.add(TestMedia.png(5), to: run.id, type: "image").ordinal == 5)
    let other = OutputDetails(type: "image", config: "other", backend: "b")
    let new = try library.content(TestMedia.png(5))
    #expect(try library.runs.add(new, to: run.id, other).ordinal == 6)
    try library.check(run.id)
  }
}

/// Adds outputs on three threads over and over, until the process kills itself.
private func addUntilKilled(
  _ kind: String, _ path: FilePath, _ run: RunID, _ round: Int, after time: Duration
) throws {
  let library = try TestLibrary(try #require(Backend(rawValue: kind)), at: path)
  for worker in 0..<3 {
    try OwnThread.start(named: "adder") {
      do {
        for number in 0... {
          try library.add(TestMedia.png(round * 10_000 + number * 3 + worker), to: run)
        }
      } catch {
        fatalError("\(error)")
      }
    }
  }
  let never = Monitor(0)
  let nothing: Void? = never.wait(atMost: time) { _ in nil }
  #expect(nothing == nil)
  kill(getpid(), SIGKILL)
}
