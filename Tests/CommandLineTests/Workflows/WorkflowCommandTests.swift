import Foundation
import TestSupport
import Testing

@Suite("mediary workflow")
struct WorkflowCommandTests {
  private static func items(_ page: [String: Any]) -> [[String: Any]] {
    page["items"] as? [[String: Any]] ?? []
  }

  @Test("create answers the workflow, its definition kept as it came, and what is strange")
  func create() throws {
    let library = try StoredLibrary()
    let file = try library.folder.write(
      "graph.json", #"{"nodes": [{"id": "a", "type": "Odd"}], "connections": [], "x": 1.50}"#.utf8)
    let made = try library.answer(
      "workflow", "create", "--name", "Trailer", "--definition", "@" + file, "--description",
      "for Monday", "--status", "saved", "--id", "w-1")
    #expect(made["workflow_id"] as? String == "w-1" && made["id"] as? String == "w-1")
    #expect(made["name"] as? String == "Trailer" && made["status"] as? String == "saved")
    #expect(made["description"] as? String == "for Monday" && made["version"] as? Int == 1)
    #expect(made["is_template"] as? Bool == false && made["last_executed_at"] is NSNull)
    #expect((made["definition"] as? [String: Any])?["x"] as? Double == 1.5)
    let warnings = try #require(made["warnings"] as? [String])
    #expect(warnings.count == 1 && warnings[0].contains("Odd"))
    let text = try library.run(
      "workflow", "create", "--name", "Other", "--definition", "-",
      input: #"{"nodes": [{"id": "a", "type": "Odd"}]}"#)
    #expect(text.status == 0 && text.stdout.hasPrefix("created  "))
    #expect(text.stderr.hasPrefix("warning: ") && text.stderr.contains("Odd"))
    #expect(
      try library.failure("workflow", "create", "--name", "x", "--id", "w-1")
        == .init(73, "library.conflict"))
    #expect(
      try library.failure("workflow", "create", "--name", "x", "--id", "../w")
        == .init(64, "usage.bad_value"))
  }

  @Test(
    "a definition that makes no sense is refused",
    arguments: [
      #"{"nodes": [{"id": "a"}, {"id": "a"}]}"#,
      #"{"nodes": [{"id": "a", "type": "Export"}], "connections": [["a-output-0", "b-input-0"]]}"#,
      #"{"nodes": [{"id": "a", "type": "TextInput"}], "connections": [["a-output-0", "a-input-0"]]}"#,
      #"{"nodes": [{"id": "a", "type": "X"}], "connections": [["a-output-0", "a-input-0"]]}"#,
    ])
  func badDefinition(definition: String) throws {
    let library = try StoredLibrary()
    let refused = try library.failure(
      "workflow", "create", "--name", "x", "--definition", definition)
    #expect(refused == .init(64, "library.bad_workflow"))
    #expect(Self.items(try library.answer("workflow", "list")).isEmpty)
    #expect(
      try library.failure("workflow", "create", "--name", "x", "--definition", "{")
        == .init(64, "usage.bad_value"))
  }

  @Test(
    "a workflow that is not there is told of by every command",
    arguments: [
      ["show"], ["update", "--name", "x"], ["save"], ["delete"], ["archive"], ["versions"],
      ["versions", "--restore", "1"], ["export"], ["execution", "start"], ["execution", "list"],
    ])
  func absent(words: [String]) throws {
    let library = try StoredLibrary()
    _ = try library.newWorkflow()
    let path = words[0] == "execution" ? 2 : 1
    let line = ["workflow"] + words.prefix(path) + ["no-such"] + words.dropFirst(path)
    let run = try CommandRun.mediary(line + ["--home", library.home, "--json"])
    #expect(run.status == 66 && run.stderr.contains(#""library.not_found""#), "\(run.stderr)")
  }

  @Test("a changed definition is a version, an old one comes back, and a lost race is told")
  func versions() throws {
    let library = try StoredLibrary()
    let id = try library.newWorkflow()
    let named = try library.answer(
      "workflow", "update", id, "--name", "Film", "--description", "d", "--template")
    #expect(named["version"] as? Int == 1 && named["is_template"] as? Bool == true)
    let changed = try library.answer(
      "workflow", "update", id, "--definition", #"{"nodes": [{"id": "z", "type": "Export"}]}"#,
      "--if-version", "1", "--no-template", "--description", "")
    #expect(changed["version"] as? Int == 2 && changed["description"] as? String == "")
    #expect(changed["name"] as? String == "Film" && changed["is_template"] as? Bool == false)
    #expect(
      try library.failure("workflow", "update", id, "--name", "y", "--if-version", "1")
        == .init(73, "library.conflict"))
    let saved = try library.answer("workflow", "save", id)
    #expect(saved["status"] as? String == "saved" && saved["version"] as? Int == 2)
    let back = try library.answer("workflow", "versions", id, "--restore", "1")
    #expect(back["version"] as? Int == 3)
    let versions = Self.items(try library.answer("workflow", "versions", id))
    #expect(versions.map { $0["version"] as? Int } == [3, 2, 1])
    #expect((versions[0]["definition"] as? [String: Any])?["zoom"] as? Double == 1.5)
    #expect(
      try library.failure("workflow", "versions", id, "--restore", "9")
        == .init(66, "library.not_found"))
    #expect(
      try library.failure("workflow", "update", id) == .init(64, "usage.missing_option"))
  }

  @Test("a template's graph begins a draft of its own")
  func template() throws {
    let library = try StoredLibrary()
    let id = try library.newWorkflow()
    let made = try library.answer("workflow", "create", "--name", "Monday", "--from", id)
    #expect(made["workflow_id"] as? String != id && made["status"] as? String == "draft")
    #expect((made["definition"] as? [String: Any])?["zoom"] as? Double == 1.5)
    #expect(
      try library.failure("workflow", "create", "--name", "x", "--from", "no-such")
        == .init(66, "library.not_found"))
    #expect(
      try library.failure(
        "workflow", "create", "--name", "x", "--from", id, "--definition", "{}")
        == .init(64, "usage.conflict"))
  }

  @Test("list shows those that are asked for, the last changed first")
  func list() throws {
    let library = try StoredLibrary()
    let draft = try library.newWorkflow()
    let saved = try library.newWorkflow()
    _ = try library.answer("workflow", "save", saved)
    let template = try library.newWorkflow()
    _ = try library.answer("workflow", "update", template, "--template")
    func list(_ words: String...) throws -> [String] {
      let run = try CommandRun.mediary(
        ["workflow", "list", "--json", "--home", library.home] + words)
      let page = try #require(try run.jsonLines().first, "\(run.stderr)")
      return Self.items(page).compactMap { $0["workflow_id"] as? String }
    }
    #expect(try list() == [template, saved, draft])
    #expect(try list("--status", "saved") == [saved])
    #expect(try list("--template") == [template])
    #expect(try list("--no-template") == [saved, draft])
    #expect(try list("--limit", "1") == [template])
    let archived = try library.answer("workflow", "archive", draft)
    #expect(archived["archived_at"] is String)
    #expect(try list("--archived") == [draft])
    #expect(try list() == [template, saved])
    let text = try library.run("workflow", "list")
    #expect(text.stdout.hasPrefix("Workflow  ") && text.stdout.contains("  Trailer  template "))
  }

  @Test("archive puts named or idle ones aside, after a look where one is wanted, and back")
  func archive() throws {
    let library = try StoredLibrary()
    let id = try library.newWorkflow()
    #expect(try library.lines("workflow", "archive", "--idle-for", "1d").isEmpty)
    let look = try library.answer("workflow", "archive", "--idle-for", "0s", "--dry-run")
    #expect(look["workflow_id"] as? String == id && look["archived_at"] is NSNull)
    #expect(try library.answer("workflow", "archive", id, "--dry-run")["archived_at"] is NSNull)
    let done = try library.answer("workflow", "archive", "--idle-for", "0s")
    #expect(done["archived_at"] is String)
    #expect(try library.answer("workflow", "archive", id, "--undo")["archived_at"] is NSNull)
    #expect(try library.failure("workflow", "archive").status == 64)
    #expect(
      try library.failure("workflow", "archive", id, "--idle-for", "1d")
        == .init(64, "usage.conflict"))
    #expect(
      try library.failure("workflow", "archive", "--idle-for", "1d", "--undo")
        == .init(64, "usage.conflict"))
  }

  @Test(
    "delete takes versions, executions and associations along, after a look where one is wanted")
  func delete() throws {
    let library = try StoredLibrary()
    let id = try library.newWorkflow()
    let run = try library.newRun()
    let asset = try #require(
      try library.answer("run", "add", run, try StoredLibrary.path("rgb.png"))["asset_id"]
        as? String)
    let execution = try #require(
      try library.answer("workflow", "execution", "start", id)["execution_id"] as? String)
    _ = try library.answer(
      "workflow", "associate", id, asset, "--node", "film-1", "--execution", execution)
    let look = try library.answer("workflow", "delete", id, "--dry-run")
    #expect(look["deleted"] as? Bool == false)
    for key in ["versions", "executions", "associations"] {
      #expect(look[key] as? Int == 1, "\(key)")
    }
    #expect(try library.answer("workflow", "show", id)["workflow_id"] as? String == id)
    #expect(try library.answer("workflow", "delete", id)["deleted"] as? Bool == true)
    #expect(try library.failure("workflow", "show", id) == .init(66, "library.not_found"))
    #expect(
      try library.failure("workflow", "execution", "finish", execution)
        == .init(66, "library.not_found"))
    #expect(
      try library.failure("workflow", "delete", id) == .init(66, "library.not_found"))
    // The asset stays, in its run and in the library.
    let outputs = try #require(
      try library.answer("run", "show", run)["outputs"] as? [[String: Any]])
    #expect(outputs[0]["asset_id"] as? String == asset)
  }

  @Test("an exported workflow is imported elsewhere, under an id of its own or the one it had")
  func files() throws {
    let library = try StoredLibrary()
    let id = try library.newWorkflow()
    let file = library.folder("w.json")
    let written = try library.answer("workflow", "export", id, "-o", file)
    #expect(written["path"] as? String == file)
    #expect(
      try library.failure("workflow", "export", id, "-o", file) == .init(73, "file.exists"))
    _ = try library.answer("workflow", "export", id, "-o", file, "--force")
    let copy = try library.answer("workflow", "import", file, "--name", "Copy")
    #expect(copy["workflow_id"] as? String != id && copy["name"] as? String == "Copy")
    #expect((copy["definition"] as? [String: Any])?["zoom"] as? Double == 1.5)
    #expect(
      try library.failure("workflow", "import", file, "--keep-id")
        == .init(73, "library.conflict"))
    let other = try StoredLibrary()
    let piped = try library.run("workflow", "export", id)
    let same = try other.answer("workflow", "import", "-", "--keep-id", input: piped.stdout)
    #expect(same["workflow_id"] as? String == id && same["name"] as? String == "Trailer")
    let bare = try other.answer(
      "workflow", "import", "-", input: #"{"nodes": [{"id": "a", "type": "Export"}]}"#)
    #expect(bare["name"] as? String == "workflow")
    #expect(
      try other.failure("workflow", "import", "-", input: "no JSON")
        == .init(64, "library.bad_workflow"))
    #expect(try other.failure("workflow", "import", file + "x").status == 66)
  }
}
