import Foundation
import Foundations
import Model
import Runs
import Synchronization
import TestSupport
import Testing

@Suite("Runs that many work at", .timeLimit(.minutes(10)))
struct RunConcurrencyTests {
  @Test(
    "fifty readers never see half of metadata.json while 500 outputs are added",
    arguments: Backend.allCases)
  func readers(_ backend: Backend) throws {
    let library = try TestLibrary(backend)
    let run = try library.begin()
    let contents = try (0..<500).map { try library.content(TestMedia.png($0)) }
    let left = Atomic<Int>(4)
    let reads = Atomic<Int>(0)
    let torn = Atomic<Int>(0)
    let backwards = Atomic<Int>(0)
    let failures = Collected<String>()
    let path = library.path(run.id).appending("metadata.json")
    let started = ContinuousClock.now
    withThreads(54) { number in
      if number < 4 {
        for new in contents.enumerated().filter({ $0.offset % 4 == number }) {
          do { _ = try library.runs.add(new.element, to: run.id) } catch {
            failures.note("\(error)")
          }
        }
        left.subtract(1, ordering: .releasing)
        return
      }
      var seen = 0
      repeat {
        // As any other program reads it.
        let bytes = (try? SmallFile.read(path, limit: 1 << 30)) ?? []
        let count = (try? JSONReader.read(bytes))?["outputs"]?.array?.count
        reads.add(1, ordering: .relaxed)
        guard let count else {
          torn.add(1, ordering: .relaxed)
          continue
        }
        if count < seen { backwards.add(1, ordering: .relaxed) }
        seen = count
      } while left.load(ordering: .acquiring) > 0
    }
    print(
      "500 outputs and \(reads.load(ordering: .relaxed)) readings: \(ContinuousClock.now - started)"
    )
    #expect(failures.values == [])
    #expect(torn.load(ordering: .relaxed) == 0 && backwards.load(ordering: .relaxed) == 0)
    #expect(reads.load(ordering: .relaxed) > 100)
    try library.check(run.id)
  }

  @Test(
    "additions of many threads all stay, whole, each with a name of its own",
    arguments: Backend.allCases)
  func threads(_ backend: Backend) throws {
    let library = try TestLibrary(backend) { $0.durability = .durable }
    let run = try library.begin()
    let failures = Collected<String>()
    withThreads(16) { thread in
      for number in 0..<10 {
        do {
          try library.add(TestMedia.png(thread * 100 + number), to: run.id, type: "image")
          _ = try library.runs.addText("\(thread) \(number)", type: "note", to: run.id)
        } catch { failures.note("\(error)") }
      }
    }
    #expect(failures.values == [])
    let metadata = try library.runs.metadata(of: run.id)
    #expect(metadata.outputs.count == 160 && metadata.entities.count == 160)
    #expect(Set(metadata.entities.map(\.sequence)) == Set(1...160))
    #expect(Set(metadata.outputs.map(\.filename)).count == 160)
    try library.check(run.id)
  }

  @Test("changes that come at once are written together", arguments: Backend.allCases)
  func together(_ backend: Backend) throws {
    let library = try TestLibrary(backend)
    let run = try library.begin()
    let before = library.catalogue.writes
    let entered = Monitor(false)
    let opened = Monitor(false)
    // The disk stands still at the first change's rename until all others wait.
    let disk = FailingDisk(under: library.path(run.id))
    let fault = FailingDisk.Fault.stalling {
      entered.withLock { $0 = true }
      entered.notify()
      opened.wait { $0 ? () : nil }
    }
    disk.run(fault, of: "rename to") {
      withThreads(21) { number in
        if number == 0 {
          _ = try? library.add(TestMedia.png(), to: run.id)
        } else if number < 20 {
          entered.wait { $0 ? () : nil }
          _ = try? library.add(TestMedia.png(number), to: run.id)
        } else {
          entered.wait { $0 ? () : nil }
          while library.runs.waitingChanges(of: run.id) < 19 { sched_yield() }
          opened.withLock { $0 = true }
          opened.notify()
        }
      }
    }
    #expect(try library.runs.metadata(of: run.id).outputs.count == 20)
    #expect(library.catalogue.writes - before == 2)
    try library.check(run.id)
  }

  @Test("one that fails among changes written together fails alone", arguments: Backend.allCases)
  func oneFails(_ backend: Backend) throws {
    let library = try TestLibrary(backend)
    let run = try library.begin()
    let outcomes = Collected<String>()
    withThreads(8) { number in
      let type = number % 2 == 0 ? "image" : "video"
      let text =
        number % 2 == 0
        ? "kept"
        : code {
          try library.add(Array("not a film".utf8), to: run.id, type: type)
        }
      if number % 2 == 0 {
        _ = try? library.add(TestMedia.png(number), to: run.id, type: type)
      }
      outcomes.note(text ?? "added")
    }
    #expect(outcomes.values.filter { $0 == "run.unfit_content" }.count == 4)
    #expect(try library.runs.metadata(of: run.id).outputs.count == 4)
    try library.check(run.id)
  }

  @Test(
    "eight processes that add to one run at once lose nothing and overwrite nothing",
    arguments: Backend.allCases)
  func processes(_ backend: Backend) async throws {
    let library = try TestLibrary(backend)
    let run = try library.begin()
    await withTaskGroup { group in
      for process in 0..<8 {
        group.addTask {
          await #expect(processExitsWith: .success) {
            [
              kind = backend.rawValue as String,
              path = library.folder.text as String, id = run.id.text as String,
              process = process as Int
            ]
            in
            let backend = try #require(Backend(rawValue: kind))
            let library = try TestLibrary(backend, at: FilePath(path))
            for number in 0..<20 {
              try library.add(TestMedia.png(process * 100 + number), to: try RunID(id))
            }
          }
        }
      }
    }
    #expect(try library.runs.metadata(of: run.id).outputs.count == 160)
    #expect(try library.names(run.id).count == 162)
    // The rows of this process's catalogue follow the folder.
    #expect(try library.runs.reconcile(run.id).isWhole)
    try library.check(run.id)
  }

  @Test("a change by somebody else is seen, however quickly it came", arguments: Backend.allCases)
  func otherWriter(_ backend: Backend) throws {
    let library = try TestLibrary(backend)
    let other = try TestLibrary(backend, at: library.folder)
    let run = try library.begin()
    for number in 0..<50 {
      try (number % 2 == 0 ? library : other).add(TestMedia.png(number), to: run.id)
    }
    #expect(try library.runs.metadata(of: run.id).outputs.count == 50)
  }

  @Test(
    "a run's thousandth output takes the calls that its hundredth took, and rows are only added",
    arguments: Backend.allCases)
  func growing(_ backend: Backend) throws {
    let library = try TestLibrary(backend)
    let run = try library.begin()
    let contents = try (0..<1_000).map { try library.content(TestMedia.png($0)) }
    let whole = library.catalogue.memory?.held.wholeRuns
    var (times, calls) = ([Duration](), [Int]())
    for new in contents {
      let disk = FailingDisk(under: library.folder.appending("runs"))
      let start = ContinuousClock.now
      _ = try disk.run { try library.runs.add(new, to: run.id, OutputDetails(type: "image")) }
      times.append(ContinuousClock.now - start)
      calls.append(disk.calls.count)
    }
    let early = times[50..<150].sorted()[50]
    let late = times[900..<1_000].sorted()[50]
    print("an output in a run of 100: \(early), of 950: \(late)")
    // No reading of the metadata, no listing of the folder, no row written again: the file is
    // larger, and that is all.
    #expect(library.catalogue.memory?.held.wholeRuns == whole)
    #expect(calls[900..<1_000].allSatisfy { $0 <= calls[100] + 10 }, "\(calls[100]) \(calls[950])")
    try library.check(run.id)
  }
}
