import Foundations
import Glibc
import Model
import Runs
import TestSupport
import Testing

@Suite("Runs in the trash")
struct RunTrashTests {
  @Test(
    "a deleted run is out of sight and whole, and comes back as it was", arguments: Backend.allCases
  )
  func deleted(_ backend: Backend) throws {
    let library = try TestLibrary(backend)
    let run = try library.begin()
    try library.add(TestMedia.png(), to: run.id)
    let deleted = try library.runs.delete(run.id)
    #expect(try deleted.deletedAt != nil && library.row(run.id) == deleted)
    #expect(code { _ = try library.runs.path(of: run.id) } == "run.deleted")
    #expect(code { try library.add(TestMedia.png(), to: run.id) } == "run.deleted")
    #expect(code { _ = try library.runs.delete(run.id) } == "run.deleted")
    #expect(try library.runs.metadata(of: run.id).run == deleted)
    #expect(try library.runs.list(RunFilter(), atMost: 9).items.isEmpty)
    var again = NewRun(schema: "s", mode: .eco, inputText: "t")
    again.id = run.id
    #expect(code { _ = try library.runs.create(again) } == "run.exists")
    let back = try library.runs.undelete(run.id)
    #expect(back == run)
    try library.add(TestMedia.png(2), to: run.id)
    try library.check(run.id)
  }

  @Test(
    "only what is in the trash can be purged, and then nothing of it is left but its assets",
    arguments: Backend.allCases)
  func purged(_ backend: Backend) throws {
    let library = try TestLibrary(backend)
    let run = try library.begin()
    try library.add(TestMedia.png(), to: run.id)
    #expect(code { try library.runs.purge(run.id) } == "run.not_deleted")
    #expect(code { _ = try library.runs.undelete(run.id) } == "run.not_deleted")
    _ = try library.runs.delete(run.id)
    try library.runs.purge(run.id)
    #expect(code { _ = try library.runs.metadata(of: run.id) } == "run.not_found")
    #expect(code { try library.runs.purge(run.id) } == "run.not_found")
    #expect(try library.knownRuns().isEmpty && library.assetCount() == 1)
    #expect(try library.runs.ids() == [])
  }

  @Test("a folder that is moved away and back while it is opened is looked for again")
  func restless() throws {
    let library = try TestLibrary()
    let run = try library.begin()
    let disk = FailingDisk(under: library.path(run.id))
    // What the kernel says of a folder that leaves its parent at that moment.
    _ = try disk.run(.once(errno: EXDEV), of: "open") {
      try library.add(TestMedia.png(), to: run.id)
    }
    try library.check(run.id)
  }

  @Test(
    "a run that is deleted while others add to it is in the trash with all that was answered",
    arguments: Backend.allCases)
  func race(_ backend: Backend) throws {
    let library = try TestLibrary(backend)
    for round in 0..<10 {
      let run = try library.begin()
      let outcomes = Collected<String>()
      withThreads(5) { number in
        if number == 4 {
          outcomes.note(code { _ = try library.runs.delete(run.id) } ?? "deleted")
        } else {
          outcomes.note(
            code { try library.add(TestMedia.png(round * 10 + number), to: run.id) } ?? "added")
        }
      }
      #expect(outcomes.values.contains("deleted"))
      #expect(Set(outcomes.values).isSubset(of: ["deleted", "added", "run.deleted"]))
      let metadata = try library.runs.metadata(of: run.id)
      #expect(metadata.outputs.count == outcomes.values.filter { $0 == "added" }.count)
      #expect(metadata.run.deletedAt != nil)
    }
  }
}
