import Foundation
import TestSupport
import Testing

@Suite("mediary run")
struct RunCommandTests {
  @Test("create answers the run with its path, and the folder explains itself")
  func create() throws {
    let library = try StoredLibrary()
    let run = try library.answer(
      "run", "create", "--schema", "story", "--mode", "fast", "--input-text", "ein Leuchtturm",
      "--user", "mia", "--id", "my-run.1", "--expect", "image", "--expect", "video", "--set",
      #"{"prompt_id": "p1", "_secret": 1, "mood": 1.50, "run_id": "other"}"#)
    #expect(run["run_id"] as? String == "my-run.1")
    #expect(run["path"] as? String == library.home + "/runs/my-run.1")
    #expect(run["schema"] as? String == "story" && run["execution_mode"] as? String == "fast")
    #expect(run["user_id"] as? String == "mia" && run["prompt_id"] as? String == "p1")
    #expect(run["_secret"] == nil && run["mood"] as? Double == 1.5)
    #expect(run["transformed_text"] is NSNull && (run["outputs"] as? [Any])?.isEmpty == true)
    #expect((run["timestamp"] as? String)?.hasSuffix("Z") == true)
    let state = try #require(run["state"] as? [String: Any])
    #expect(state["status"] as? String == "running")
    #expect(state["expected_outputs"] as? [String] == ["image", "video"])
    #expect(try library.files(in: "runs/my-run.1") == ["input_text.txt", "metadata.json"])
    let text = try String(
      contentsOfFile: library.home + "/runs/my-run.1/input_text.txt", encoding: .utf8)
    #expect(text == "ein Leuchtturm")
  }

  @Test("a text comes as it is, of a file, or by standard input, without the file's last line end")
  func texts() throws {
    let library = try StoredLibrary()
    let file = try library.folder.write("prompt.txt", "two\nlines\n".utf8)
    func text(_ given: String, input: String? = nil) throws -> String? {
      try library.answer(
        "run", "create", "--schema", "s", "--mode", "eco", "--input-text", given, input: input)[
          "input_text"] as? String
    }
    #expect(try text("plain ") == "plain ")
    #expect(try text("@" + file) == "two\nlines")
    #expect(try text("-", input: "piped\n") == "piped")
    #expect(try text("") == "")
    try library.folder.write("latin", [0x61, 0xE4])
    let wrong = try library.failure(
      "run", "create", "--schema", "s", "--mode", "eco", "--input-text",
      "@" + library.folder("latin"))
    #expect(wrong == .init(64, "usage.bad_value"))
  }

  @Test("what cannot be a run is refused before anything is made")
  func refusals() throws {
    let library = try StoredLibrary()
    func create(_ mode: String, _ more: String...) throws -> CommandRun {
      try CommandRun.mediary(
        ["run", "create", "--schema", "s", "--mode", mode, "--input-text", "t"] + more
          + ["--home", library.home])
    }
    let mode = try create("slow")
    #expect(mode.status == 64 && mode.stderr.contains("expected 'eco', 'fast' or 'ultra'"))
    for id in ["../evil", "..", "a/b", ".hidden", ""] {
      let run = try create("eco", "--id", id)
      #expect(run.status == 64 && run.stderr.contains("the id of a run"), "\(id): \(run.stderr)")
    }
    #expect(try create("eco", "--set", "[1]").status == 64)
    #expect(try create("eco", "--set", "{").status == 64)
    #expect(!FileManager.default.fileExists(atPath: library.home))
    #expect(!FileManager.default.fileExists(atPath: library.folder("evil")))
  }

  @Test("an id that is taken is a conflict, and the run there stays")
  func taken() throws {
    let library = try StoredLibrary()
    _ = try library.newRun("--id", "one")
    let again = try library.failure(
      "run", "create", "--schema", "x", "--mode", "eco", "--input-text", "y", "--id", "one")
    #expect(again == .init(73, "run.exists"))
    #expect(try library.answer("run", "show", "one")["schema"] as? String == "story")
  }

  @Test(
    "a run that is not there is told of by every command",
    arguments: [
      ["show"], ["update", "--state", "complete"], ["delete"], ["undelete"], ["archive"],
      ["unarchive"], ["purge"], ["note", "--type", "t", "--text", "x"],
    ])
  func absent(words: [String]) throws {
    let library = try StoredLibrary()
    _ = try library.newRun()
    let run = try CommandRun.mediary(
      ["run", words[0], "no-such"] + words.dropFirst() + ["--home", library.home, "--json"])
    #expect(run.status == 66 && run.stderr.contains(#""run.not_found""#), "\(run.stderr)")
    let names = try CommandRun.mediary(
      ["run", words[0], "../runs"] + words.dropFirst() + ["--home", library.home])
    #expect(names.status == 64, "\(names.stderr)")
  }

  @Test("without a library there are no runs, and none is made by looking")
  func noLibrary() throws {
    let library = try StoredLibrary()
    for command in [["list"], ["show", "x"], ["add", "x", "y"]] {
      let run = try CommandRun.mediary(["run"] + command + ["--home", library.home])
      #expect(run.status == 75 && run.stderr.contains("error[library.absent]"))
    }
    #expect(!FileManager.default.fileExists(atPath: library.home))
  }

  @Test("update keeps the transformed text and says where the run stands")
  func update() throws {
    let library = try StoredLibrary()
    let id = try library.newRun()
    let first = try library.answer(
      "run", "update", id, "--transformed-text", "-", "--stage", "media", "--step", "3",
      "--expect", "image", input: "dusk, after Monet\n")
    #expect(first["transformed_text"] as? String == "dusk, after Monet")
    let second = try library.answer(
      "run", "update", id, "--state", "failed", "--error", "the server went away")
    let state = try #require(second["state"] as? [String: Any])
    #expect(state["status"] as? String == "failed" && state["stage"] as? String == "media")
    #expect(state["step"] as? String == "3" && state["error"] as? String == "the server went away")
    #expect(state["expected_outputs"] as? [String] == ["image"])
    #expect(second["transformed_text"] as? String == "dusk, after Monet")
    #expect(try library.files(in: "runs/\(id)").contains("transformed_text.txt"))
    #expect(try library.failure("run", "update", id) == .init(64, "usage.missing_option"))
    #expect(
      try library.failure("run", "update", id, "--state", "done") == .init(64, "usage.bad_value"))
  }

  @Test(
    "delete, undelete, archive, unarchive and purge answer the metadata, and where the run lies")
  func moving() throws {
    let library = try StoredLibrary()
    let id = try library.newRun()
    _ = try library.answer("run", "add", id, try StoredLibrary.path("rgb.png"))
    func check(_ command: String, path: String, _ deleted: Bool, _ archived: Bool) throws {
      let run = try library.answer("run", command, id)
      #expect(run["path"] as? String == library.home + path, "\(command)")
      #expect(run["deleted_at"] is NSNull != deleted, "\(command)")
      #expect(run["archived_at"] is NSNull != archived, "\(command)")
      // Wherever it lies, all of it can be shown.
      let shown = try library.answer("run", "show", id)
      #expect(shown["path"] as? String == library.home + path, "\(command)")
      let outputs = try #require(shown["outputs"] as? [[String: Any]])
      #expect(outputs[0]["asset_id"] is String && outputs[0]["ordinal"] as? Int == 1)
    }
    let year = (try library.answer("run", "show", id)["timestamp"] as? String)?.prefix(4) ?? ""
    try check("archive", path: "/archive/\(year)/\(id).zip", false, true)
    #expect(
      try library.failure("run", "add", id, try StoredLibrary.path("rgb.png"))
        == .init(73, "run.archived"))
    try check("unarchive", path: "/runs/\(id)", false, false)
    #expect(try library.failure("run", "purge", id) == .init(73, "run.not_deleted"))
    try check("delete", path: "/trash/runs/\(id)", true, false)
    #expect(
      try library.failure("run", "update", id, "--state", "complete") == .init(73, "run.deleted"))
    try check("undelete", path: "/runs/\(id)", false, false)
    _ = try library.answer("run", "delete", id)
    #expect(try library.answer("run", "purge", id, "--dry-run")["purged"] as? Bool == false)
    #expect(try library.files(in: "trash/runs") == [id])
    #expect(try library.answer("run", "purge", id)["purged"] as? Bool == true)
    #expect(try library.files(in: "trash/runs").isEmpty)
    #expect(try library.failure("run", "show", id) == .init(66, "run.not_found"))
  }

  @Test("of several runs each is answered on a line, and one that fails is told and ends nothing")
  func several() throws {
    let library = try StoredLibrary()
    let (one, two) = (try library.newRun(), try library.newRun())
    let run = try library.run("run", "delete", one, "no-such", two, "--json")
    #expect(run.status == 66)
    #expect(try run.jsonLines().map { $0["run_id"] as? String } == [one, two])
    #expect(run.stderr.split(separator: "\n").count == 1 && run.stderr.contains("no-such"))
    #expect(try library.files(in: "trash/runs") == [one, two].sorted())
  }

  @Test("note puts texts and files beside the outputs, and overwrites none")
  func notes() throws {
    let library = try StoredLibrary()
    let id = try library.newRun()
    let first = try library.answer(
      "run", "note", id, "--type", "translation", "--text", "ein Leuchtturm", "--set",
      #"{"language": "de"}"#)
    #expect(first["run_id"] as? String == id && first["sequence"] as? Int == 1)
    #expect(first["type"] as? String == "translation")
    #expect(first["filename"] as? String == "translation.txt")
    #expect(first["file_size_bytes"] as? Int == 14)
    #expect((first["metadata"] as? [String: Any])?["language"] as? String == "de")
    let again = try library.answer("run", "note", id, "--type", "translation", "--text", "zwei")
    #expect(again["filename"] as? String == "translation_2.txt")
    let json = try library.answer(
      "run", "note", id, "--type", "workflow", "--file", "-", input: #"{"nodes": []}"#)
    #expect(json["filename"] as? String == "workflow.json")
    let named = try library.answer(
      "run", "note", id, "--type", "log", "--text", "x", "--name", "server.log")
    #expect(named["filename"] as? String == "server.log")
    for (name, refusal) in [
      ("../x", StoredLibrary.Refusal(77, "file.escapes")),
      ("a/b", .init(77, "file.escapes")), ("metadata.json", .init(64, "run.bad_value")),
      ("output_image.png", .init(64, "run.bad_value")),
    ] {
      let refused = try library.failure(
        "run", "note", id, "--type", "t", "--text", "x", "--name", name)
      #expect(refused == refusal, "\(name)")
    }
    #expect(
      try library.failure("run", "note", id, "--type", "t") == .init(64, "usage.missing_option"))
    #expect(
      try library.failure("run", "note", id, "--type", "t", "--text", "x", "--file", "y")
        == .init(64, "usage.conflict"))
    let shown = try library.answer("run", "show", id)
    #expect((shown["entities"] as? [Any])?.count == 4)
    #expect(try library.files(in: "runs/\(id)").count == 6)
  }

  @Test("a card tells people what was wanted, where it stands and what came")
  func card() throws {
    let library = try StoredLibrary()
    let id = try library.newRun("--user", "mia", "--expect", "image", "--expect", "audio")
    _ = try library.run(
      "run", "add", id, try StoredLibrary.path("rgb.png"), "--config", "sdxl", "--backend",
      "comfyui",
      "--seed", "7")
    _ = try library.run("run", "note", id, "--type", "t", "--text", "\u{1B}[31mred")
    let text = try library.run("run", "update", id, "--state", "complete", "--error", "a\u{1B}]0;x")
    #expect(text.stdout.hasPrefix("updated  \(id)  in "))
    let shown = try library.run("run", "show", id)
    let lines = shown.stdout.split(separator: "\n").map(String.init)
    #expect(lines.first == "story · eco · complete")
    #expect(lines.contains("  user       mia") && lines.contains("  input      dusk"))
    #expect(lines.contains { $0.hasPrefix("  expects    image ") && $0.hasSuffix(" · audio") })
    #expect(lines.contains { $0.hasPrefix("output_image.png") && $0.contains("sdxl · comfyui  7") })
    #expect(lines.contains { $0.hasPrefix("t.txt") })
    #expect(!shown.stdout.contains("\u{1B}") && shown.stderr.isEmpty)
  }
}
