import Blobs
import Engine
import Foundations
import Glibc
import Hashing
import Library
import Model
import Runs
import TestSupport
import Testing

@Suite("A library on a failing disk", .timeLimit(.minutes(5)))
struct FailingHomeTests {
  @Test(
    "whichever call of an addition fails: nothing answered is lost, and the next try succeeds",
    arguments: [EIO, ENOSPC], ["durable", "relaxed"])
  func additions(number: Int32, durability: String) throws {
    let home = try TestHome()
    let open = try home.open(["durability": durability])
    defer { open.close() }
    let disk = FailingDisk(under: home.path)
    var answered = 0
    for call in 1...400 {
      let source = try home.file("source-\(call)", content(call))
      let failure = disk.run(.once(errno: number), at: call) {
        thrown { try open.library.intake.add(file: source) }
      }
      if failure == nil { answered += 1 }
      let count = try open.library.finding.statistics().assets.count
      // A failure after the commit is told all the same: then one more is there than was answered.
      #expect(count == answered || count == answered + 1, "call \(call)")
      let again = try open.library.intake.add(file: source)
      #expect(failure != nil || again.isDuplicate)
      answered = count + (again.isDuplicate ? 0 : 1)
      let isOver = disk.calls.count < call
      try check(open, "call \(call)")
      if isOver { return }
    }
    Issue.record("an addition makes more than 400 calls")
  }

  @Test(
    "whichever call of an output's addition fails: the run's folder, rows and answers agree",
    arguments: [EIO, ENOSPC])
  func outputs(number: Int32) throws {
    let home = try TestHome()
    let open = try home.open()
    defer { open.close() }
    let run = try open.runs.create(
      NewRun(schema: "story", mode: .eco, inputText: "a lighthouse"))
    let disk = FailingDisk(under: home.path)
    for call in 1...600 {
      let source = try home.file("source-\(call)", content(call))
      let add: () throws -> RunOutput = {
        let new = try open.library.intake.prepare(
          file: source, AssetDetails(name: "a.txt", source: .generated)
        ).new
        return try open.runs.add(new, to: run.id, OutputDetails(type: "text", config: "\(call)"))
      }
      let failure = disk.run(.once(errno: number), at: call) { thrown { try add() } }
      let isOver = disk.calls.count < call
      _ = try open.runs.reconcile(run.id)
      let there = try open.runs.metadata(of: run.id).outputs.contains {
        $0.blob == BlobID(SHA256.hash(content(call)))
      }
      if failure == nil { #expect(there, "call \(call)") }
      if !there { _ = try add() }
      try check(open, "call \(call)")
      if isOver { return }
    }
    Issue.record("an addition makes more than 600 calls")
  }

  private func check(_ open: OpenLibrary, _ what: String) throws {
    var options = VerifyLibrary()
    options.content.readsBytes = false
    let report = try options.run(open, stop: StopFlag())
    #expect(report.isSound, "\(what): \(report.json.text())")
  }

  private func thrown(_ body: () throws -> some Any) -> (any Failure)? {
    do {
      _ = try body()
      return nil
    } catch {
      return error.asFailure
    }
  }
}
