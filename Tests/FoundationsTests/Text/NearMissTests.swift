import Foundations
import Testing

@Suite("Near misses")
struct NearMissTests {
  static let commands = [
    "probe", "scenes", "write", "config", "completions", "crop", "list", "library", "status",
  ]

  @Test(
    "A slip of the fingers finds the name that was meant",
    arguments: [
      ("prob", "probe"), ("porbe", "probe"), ("probee", "probe"), ("prabe", "probe"),
      ("stauts", "status"), ("complteions", "completions"), ("PROBE", "probe"), ("lst", "list"),
    ])
  func slip(word: String, meant: String) {
    #expect(NearMiss.best(for: word, among: Self.commands) == meant)
  }

  @Test("A beginning finds every name that begins so, in the order given")
  func beginning() {
    #expect(NearMiss.suggestions(for: "li", among: Self.commands) == ["list", "library"])
    #expect(NearMiss.suggestions(for: "li", among: Self.commands, limit: 1) == ["list"])
  }

  @Test(
    "What is nothing like any name finds nothing",
    arguments: ["", "x", "q", "zebra", "encode", String(repeating: "probe", count: 100)])
  func nothing(word: String) {
    #expect(NearMiss.best(for: word, among: Self.commands) == nil)
  }

  @Test("Hyphens, underscores and dots are taken for each other")
  func separators() {
    #expect(NearMiss.best(for: "parallel-jobs", among: ["parallel_jobs"]) == "parallel_jobs")
    #expect(NearMiss.best(for: "log_level", among: ["log.level"]) == "log.level")
  }

  @Test("Parts in another order, and one part alone, find the whole")
  func parts() {
    #expect(NearMiss.best(for: "jobs_parallel", among: ["parallel_jobs"]) == "parallel_jobs")
    #expect(NearMiss.best(for: "vmaf", among: ["crop", "target-vmaf"]) == "target-vmaf")
  }

  @Test("A nearer name goes before a farther one, wherever it stands in the list")
  func order() {
    let found = NearMiss.suggestions(for: "status", among: ["statut", "status"])
    #expect(found == ["status", "statut"])
    #expect(NearMiss.best(for: "crip", among: ["grip", "crop"]) == "crop")
  }

  @Test("No candidates, or empty ones, are no trouble")
  func empty() {
    #expect(NearMiss.best(for: "probe", among: []) == nil)
    #expect(NearMiss.best(for: "probe", among: ["", "_"]) == nil)
  }
}
