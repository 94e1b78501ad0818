import Engine
import Foundations
import Glibc
import Library
import Model
import Runs
import TestSupport
import Testing

@Suite("Processes at one library", .timeLimit(.minutes(10)))
struct HomeProcessTests {
  @Test("eight that add the same bytes have one asset and seven duplicates")
  func identical() async throws {
    let home = try TestHome()
    try home.open().close()
    let source = try home.file("source", content(1))
    await withTaskGroup(of: Void.self) { tasks in
      for _ in 0..<8 {
        tasks.addTask {
          await #expect(processExitsWith: .success) {
            [path = home.path.text as String, source = source.text as String] in
            let open = try TestHome.open(FilePath(path))
            let added = try open.library.intake.add(file: FilePath(source))
            try note(added.isDuplicate ? "duplicate" : "new", FilePath(path))
            open.close()
          }
        }
      }
    }
    let told = try notes(home.path)
    #expect(told.filter { $0 == "new" }.count == 1)
    #expect(told.filter { $0 == "duplicate" }.count == 7)
    let open = try home.open()
    #expect(try open.library.finding.statistics().assets.count == 1)
    open.close()
  }

  @Test("killed at 200 instants: what was told is there, and verify finds no more than arrivals")
  func killed() async throws {
    let home = try TestHome()
    let opened = try home.open()
    _ = try opened.runs.create(Self.run)
    opened.close()
    var random = Seeded()
    print("processes at one library that are killed: SEED=\(random.seed)")
    for round in 0..<50 {
      let times = (0..<4).map { _ in Int.random(in: 0...60_000, using: &random) }
      await withTaskGroup(of: Void.self) { tasks in
        for (number, time) in times.enumerated() {
          tasks.addTask {
            await #expect(processExitsWith: .signal(SIGKILL)) {
              [
                path = home.path.text as String, time = time as Int,
                base = (round * 4 + number) * 100_000 as Int
              ] in
              try addUntilKilled(FilePath(path), from: base, after: .microseconds(time))
            }
          }
        }
      }
      try examine(home, "round \(round)")
    }
  }

  private static var run: NewRun {
    get throws {
      var run = NewRun(schema: "story", mode: .eco, inputText: "a lighthouse")
      run.id = try RunID("the-run")
      return run
    }
  }

  private func examine(_ home: TestHome, _ round: String) throws {
    let open = try home.open()
    defer { open.close() }
    // An addition to a run that was cut short is completed by the next change of the run.
    _ = try open.runs.reconcile(RunID("the-run"))
    var verifying = VerifyLibrary()
    verifying.content.readsBytes = false
    let report = try verifying.run(open, stop: StopFlag())
    #expect(report.isSound, "\(round): \(report.json.text())")
    #expect(Set(report.content.counts.keys).isSubset(of: ["in_flight"]), "\(round)")
    var known: Set<String> = []
    var cursor: PageCursor?
    repeat {
      let page = try open.library.finding.list(after: cursor, atMost: 1_000)
      known.formUnion(page.items.map(\.id.text))
      cursor = page.next
    } while cursor != nil
    let outputs = try open.runs.metadata(of: RunID("the-run")).outputs
    known.formUnion(outputs.map(\.filename))
    for told in try notes(home.path) { #expect(known.contains(told), "\(round): \(told)") }
    for output in outputs {
      #expect(throws: Never.self) { try open.runs.path(of: RunID("the-run"), output.filename) }
    }
  }
}

/// Adds assets and outputs by turns until the process kills itself, and notes what it was told.
private func addUntilKilled(_ path: FilePath, from base: Int, after time: Duration) throws {
  let open = try TestHome.open(
    path, ["durability": base / 100_000 % 2 == 0 ? "durable" : "relaxed"])
  try OwnThread.start(named: "adds") {
    do {
      for number in base... {
        if number % 2 == 0 {
          let added = try open.library.intake.add(
            bytes: content(number), AssetDetails(name: "\(number).txt"))
          try note(added.asset.id.text, path)
        } else {
          let new = try open.library.intake.prepare(
            bytes: content(number), AssetDetails(name: "\(number).txt")
          ).new
          let output = try open.runs.add(new, to: RunID("the-run"))
          try note(output.filename, path)
        }
      }
    } catch {
      fatalError("\(error)")
    }
  }
  // The deadline is the moment of death: nothing ever comes.
  let nothing: Void? = Monitor(0).wait(atMost: time) { _ in nil }
  #expect(nothing == nil)
  kill(getpid(), SIGKILL)
}

private func note(_ text: String, _ library: FilePath) throws {
  let told = try FileDescriptor.open(
    library.sibling("told"), O_WRONLY | O_CREAT | O_APPEND)
  try told.write(Array("\(text)\n".utf8))
}

private func notes(_ library: FilePath) throws -> [String] {
  guard FileStatus.ifPresent(library.sibling("told")) != nil else { return [] }
  return try SmallFile.read(library.sibling("told"), limit: 100 << 20).split(separator: 10).map {
    String(decoding: $0, as: UTF8.self)
  }
}
