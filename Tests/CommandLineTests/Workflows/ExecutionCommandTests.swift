import Foundation
import TestSupport
import Testing

@Suite("mediary workflow execution and associate")
struct ExecutionCommandTests {
  /// A library with a workflow and two assets.
  private struct Subject {
    let library: StoredLibrary
    let workflow: String
    let assets: [String]

    init() throws {
      library = try StoredLibrary()
      workflow = try library.newWorkflow()
      let run = try library.newRun()
      assets = try library.lines(
        "run", "add", run, try StoredLibrary.path("rgb.png"), try StoredLibrary.path("photo.jpg")
      ).compactMap { $0["asset_id"] as? String }
    }

    func start() throws -> String {
      try #require(
        try library.answer("workflow", "execution", "start", workflow)["execution_id"] as? String)
    }

    func nodes() throws -> [[String: Any]] {
      try #require(try library.answer("workflow", "show", workflow)["nodes"] as? [[String: Any]])
    }
  }

  @Test("an execution begins, ends once, and stays as it ended")
  func ending() throws {
    let subject = try Subject()
    let library = subject.library
    let begun = try library.answer(
      "workflow", "execution", "start", subject.workflow, "--id", "e-1", "--data", #"{"a": 1}"#)
    #expect(begun["execution_id"] as? String == "e-1" && begun["status"] as? String == "running")
    #expect(begun["workflow_id"] as? String == subject.workflow)
    #expect(begun["completed_at"] is NSNull && begun["started_at"] is String)
    let ended = try library.answer(
      "workflow", "execution", "finish", "e-1", "--error", "out of memory", "--data",
      #"{"b": 2}"#)
    #expect(ended["status"] as? String == "failed" && ended["completed_at"] is String)
    #expect(ended["error"] as? String == "out of memory")
    #expect(ended["execution_data"] as? [String: Int] == ["a": 1, "b": 2])
    #expect(
      try library.failure("workflow", "execution", "finish", "e-1", "--status", "completed")
        == .init(73, "library.conflict"))
    #expect(
      try library.failure("workflow", "execution", "finish", "e-1", "--status", "running")
        == .init(64, "usage.bad_value"))
    #expect(
      try library.failure("workflow", "execution", "start", subject.workflow, "--id", "e-1")
        == .init(73, "library.conflict"))
    #expect(
      try library.failure("workflow", "execution", "finish", "no-such")
        == .init(66, "library.not_found"))
    let other = try subject.start()
    let done = try library.answer("workflow", "execution", "finish", other)
    #expect(done["status"] as? String == "completed" && done["error"] is NSNull)
    let list = try library.answer("workflow", "execution", "list", subject.workflow)
    let ids = (list["items"] as? [[String: Any]])?.compactMap { $0["execution_id"] as? String }
    #expect(ids == [other, "e-1"])
    let text = try library.run("workflow", "execution", "list", subject.workflow)
    #expect(text.stdout.contains("e-1 ") && text.stdout.contains("out of memory"))
    // The workflow says when it was last executed, which the old one never did.
    #expect(
      try library.answer("workflow", "show", subject.workflow)["last_executed_at"] is String)
  }

  @Test("another execution adds its assets, and the newest stand first; nothing is overwritten")
  func associations() throws {
    let subject = try Subject()
    let library = subject.library
    let (first, second) = (try subject.start(), try subject.start())
    func associate(_ asset: Int, _ more: String...) throws -> [String: Any] {
      let run = try CommandRun.mediary(
        ["workflow", "associate", subject.workflow, subject.assets[asset]] + more
          + ["--json", "--home", library.home])
      return try #require(try run.jsonLines().first, "\(run.stderr)")
    }
    // The later execution is told of first: it stands first all the same.
    _ = try associate(0, "--node", "film-1", "--execution", second)
    let told = try associate(0, "--node", "film-1", "--execution", first, "--role", "intermediate")
    #expect(told["node_type"] as? String == "VideoGenerator")
    #expect(told["role"] as? String == "intermediate" && told["node_id"] as? String == "film-1")
    #expect(told["execution_id"] as? String == first)
    _ = try associate(1, "--node", "film-1", "--execution", second)
    _ = try associate(1, "--node", "left", "--role", "input", "--node-type", "Old")
    let nodes = try subject.nodes()
    #expect(nodes.map { $0["node_id"] as? String } == ["text1", "film-1", "left"])
    let film = try #require(nodes[1]["associations"] as? [[String: Any]])
    #expect(film.map { $0["execution_id"] as? String } == [second, second, first])
    #expect(film.map { $0["role"] as? String } == ["output", "output", "intermediate"])
    #expect(film.last?["asset_id"] as? String == subject.assets[0])
    #expect(film[0]["execution_status"] as? String == "running" && film[0]["name"] is String)
    #expect(nodes[2]["in_definition"] as? Bool == false)
    #expect(nodes[2]["node_type"] as? String == "Old")
    let inputs = try #require(nodes[1]["inputs"] as? [[String: Any]])
    #expect(inputs.count == 1 && inputs[0]["port"] as? String == "film-1-input-0")
    #expect(inputs[0]["from"] as? [String] == ["text1-output-0"])
    let outputs = try #require(nodes[0]["outputs"] as? [[String: Any]])
    #expect(outputs[0]["to"] as? [String] == ["film-1-input-0"])
    let text = try library.run("workflow", "show", subject.workflow)
    #expect(text.stdout.hasPrefix("Trailer · draft · version 1\n"))
    #expect(text.stdout.contains("\nfilm-1 · VideoGenerator\n  input 0 "))
    #expect(text.stdout.contains("\nleft · Old · no longer in the definition\n"))
  }

  @Test("what does not exist cannot be associated")
  func strangers() throws {
    let subject = try Subject()
    let library = subject.library
    let execution = try subject.start()
    let other = try library.newWorkflow()
    for (workflow, asset, execution) in [
      ("no-such", subject.assets[0], execution), (subject.workflow, "no-such", execution),
      (subject.workflow, subject.assets[0], "no-such"), (other, subject.assets[0], execution),
    ] {
      let refused = try library.failure(
        "workflow", "associate", workflow, asset, "--node", "film-1", "--execution", execution)
      #expect(refused == .init(66, "library.not_found"))
    }
    let nodes = try subject.nodes()
    #expect(nodes.allSatisfy { ($0["associations"] as? [Any])?.isEmpty == true })
    #expect(
      try library.failure(
        "workflow", "associate", subject.workflow, subject.assets[0], "--node", "n", "--role", "x")
        == .init(64, "usage.bad_value"))
  }
}
