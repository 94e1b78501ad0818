import Foundations
import Model
import Runs
import TestSupport
import Testing

@Suite("Runs on a full disk", .timeLimit(.minutes(5)))
struct RunFullDiskTests {
  @Test(
    "wherever the room ends, metadata is whole, no output lacks its file, nothing answered is lost",
    arguments: Backend.allCases)
  func room(_ backend: Backend) throws {
    let disk = try ElasticDisk()
    let library = try TestLibrary(backend, at: disk.path.appending("library"))
    // Its metadata alone needs several pages.
    let run = try library.begin(String(repeating: "a cat ", count: 2_000))
    var answered: [String] = []
    var refusals: Set<String> = []
    for pages in Int64(0)..<200 {
      try disk.fill(leaving: pages)
      let refusal = code {
        answered.append(try library.add(TestMedia.png(Int(pages)), to: run.id).filename)
      }
      // As other programs see it while the disk is still full.
      let outputs = try #require(try library.json(run.id)["outputs"] as? [[String: Any]])
      let names = try outputs.map { try #require($0["filename"] as? String) }
      #expect(Set(names).isSuperset(of: answered) && Set(names).count == names.count)
      #expect(Set(try library.names(run.id)).isSuperset(of: names))
      try disk.empty()
      let report = try library.runs.reconcile(run.id)
      #expect(report.missing == [] && report.damagedMetadata == nil)
      try library.check(run.id)
      guard let refusal else {
        print("an addition needs \(pages) free pages; refused before by \(refusals.sorted())")
        #expect(pages > 1 && refusals.contains("file.disk_full"))
        return
      }
      refusals.insert(refusal)
      // Once there is room, it goes through.
      try library.add(TestMedia.png(Int(pages)), to: run.id)
      try library.check(run.id)
    }
    Issue.record("no addition succeeds")
  }
}
