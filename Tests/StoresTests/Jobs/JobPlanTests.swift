import Foundations
import JobsConformance
import Model
import Stores
import TestSupport
import Testing

@Suite("The ways to jobs")
struct JobPlanTests {
  @Test("are found by an index, as written down, and never through all jobs")
  func plans() async throws {
    let folder = try TemporaryFolder()
    var options = SQLiteCatalogue.Options()
    options.durability = .relaxed
    let store = try SQLiteCatalogue.open(in: FilePath(folder.path), options: options)
    var text = ""
    for (name, plan) in try store.jobPlans() { text += "## \(name)\n\(plan)\n\n" }
    for (name, filter) in try filters() {
      text += "## walk, \(name)\n\(try store.plan(filter, after: 5))\n\n"
    }
    await finish(store)
    let path = "Tests/StoresTests/Snapshots/plans-of-jobs.txt"
    let difference = try Golden.difference(path, text, root: Golden.root)
    #expect(difference == nil, "\(difference ?? "")")
    for line in text.split(separator: "\n") where line.contains("SCAN ") {
      // Lanes are few, and what JSON hands in is short.
      let isShort =
        ["SCAN lane", "SCAN job_lane", "SCAN job_tally", "SCAN json_each", "(subquery"]
        .contains { line.contains($0) }
      #expect(isShort || line.contains("USING") && line.contains("INDEX"), "\(line)")
    }
    #expect(!text.contains("TEMP B-TREE"))
  }

  private func filters() throws -> [(String, JobFilter)] {
    func filter(_ set: (inout JobFilter) throws -> Void) rethrows -> JobFilter {
      var filter = JobFilter()
      try set(&filter)
      return filter
    }
    return [
      ("all", filter { _ in }), ("failed", filter { $0.states = [.failed] }),
      ("of a user", filter { $0.user = "ann" }),
      ("of a run", try filter { $0.run = try RunID("r") }),
      ("of a workflow", try filter { $0.workflow = try WorkflowID("w") }),
    ]
  }
}
