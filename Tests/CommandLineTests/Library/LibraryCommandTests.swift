import Foundation
import TestSupport
import Testing

/// A library of a test's own, used by the command.
final class CommandLibrary: Sendable {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Runs `mediary` with this library.
  func run(_ arguments: [String], input: String? = nil) throws -> CommandRun {
    try CommandRun.mediary(
      arguments, input: input, folder: folder.path, environment: ["MEDIARY_HOME": folder("lib")])
  }

  /// The one object that a command answers.
  func json(_ arguments: [String], input: String? = nil) throws -> [String: Any] {
    let run = try run(arguments + ["--json"], input: input)
    guard run.status == 0 else { throw CommandRunError("\(arguments): \(run.stderr)") }
    return try #require(try run.jsonLines().first)
  }

  /// Adds bytes under a name.
  func add(_ name: String, _ text: String, _ options: [String] = []) throws -> String {
    try folder.write(name, text.utf8)
    let answer = try json(["library", "add", name] + options)
    return try #require(answer["asset_id"] as? String)
  }

  /// The items of a list.
  func items(_ arguments: [String]) throws -> [[String: Any]] {
    try #require(try json(arguments)["items"] as? [[String: Any]])
  }
}

/// The code in a JSON error.
func errorCode(_ run: CommandRun) throws -> String? {
  let line = try #require(run.stderr.split(separator: "\n").first)
  let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
  return (object?["error"] as? [String: Any])?["code"] as? String
}

@Suite("mediary library")
struct LibraryCommandTests {
  @Test("add answers with the asset, and with the same for the same bytes under another name")
  func add() throws {
    let library = try CommandLibrary()
    try library.folder.write("a.txt", "some words".utf8)
    try library.folder.write("b.txt", "some words".utf8)
    let first = try library.json(["library", "add", "a.txt", "--source", "generated"])
    #expect(first["is_duplicate"] as? Bool == false && first["original_id"] is NSNull)
    let second = try library.json(["library", "add", "b.txt"])
    #expect(second["is_duplicate"] as? Bool == true)
    #expect(second["asset_id"] as? String == first["asset_id"] as? String)
    #expect(second["original_id"] as? String == first["asset_id"] as? String)
    let shown = try library.json(["library", "show", try #require(first["asset_id"] as? String)])
    #expect((shown["origins"] as? [[String: Any]])?.count == 2)
    #expect(shown["source_type"] as? String == "generated")
    #expect(shown["size_bytes"] as? Int == 10)
  }

  @Test("add takes standard input and data URIs")
  func streams() throws {
    let library = try CommandLibrary()
    let input = try library.json(["library", "add", "-", "--name", "a.txt"], input: "hello")
    let data = try library.json(["library", "add", "data:text/plain;base64,aGVs bG8="])
    #expect(data["asset_id"] as? String == input["asset_id"] as? String)
  }

  @Test("add tells each file that is refused, and takes the others")
  func refusals() throws {
    let library = try CommandLibrary()
    try library.folder.write("good.txt", "good".utf8)
    try library.folder.write("empty.png", [])
    try library.folder.write("page.png", "<!DOCTYPE html><html><body>404</body></html>".utf8)
    try FileManager.default.createDirectory(
      atPath: library.folder("sub"), withIntermediateDirectories: false)
    let run = try library.run(
      ["library", "add", "empty.png", "page.png", "absent.png", "sub", "good.txt", "--json"])
    #expect(run.status == 65)
    #expect(try run.jsonLines().count == 1)
    let codes = try run.stderr.split(separator: "\n").map { line in
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      return (object?["error"] as? [String: Any])?["code"] as? String ?? ""
    }
    #expect(
      codes == [
        "library.empty_content", "library.html_instead", "file.not_found", "library.is_folder",
      ])
    #expect(try library.items(["library", "list"]).count == 1)
  }

  @Test("an id that stands for other content is a conflict")
  func conflict() throws {
    let library = try CommandLibrary()
    _ = try library.add("a.txt", "one", ["--id", "my-asset"])
    try library.folder.write("b.txt", "two".utf8)
    let run = try library.run(["library", "add", "b.txt", "--id", "my-asset", "--json"])
    #expect(run.status == 73)
    #expect(try errorCode(run) == "library.conflict")
  }

  @Test(
    "names, tags, notes and other metadata are changed, found and taken away again")
  func update() throws {
    let library = try CommandLibrary()
    let id = try library.add("a.txt", "one")
    let changed = try library.json([
      "library", "update", id, "--name", "é.txt", "--tag", "x", "--tag", "y", "--rating", "4",
      "--favourite", "--notes", "grüße", "--set", #"{"camera": {"iso": 100}, "n": 1}"#,
    ])
    #expect(changed["name"] as? String == "é.txt")
    #expect(changed["tags"] as? [String] == ["x", "y"])
    #expect(try library.items(["library", "list", "--where", "camera.iso=100"]).count == 1)
    #expect(try library.items(["library", "search", "gruße"]).count == 1)
    #expect(try library.items(["library", "list", "--rating", "5"]).isEmpty)
    let again = try library.json([
      "library", "update", id, "--untag", "x", "--no-favourite", "--rating", "0",
      "--set", #"{"n": null}"#,
    ])
    #expect(again["tags"] as? [String] == ["y"])
    #expect(again["rating"] is NSNull)
    #expect((again["metadata"] as? [String: Any])?.keys.sorted() == ["camera"])
    #expect(try library.run(["library", "update", id]).status == 64)
    #expect(try library.run(["library", "update", id, "--name", "../.."]).status == 64)
    #expect(try library.run(["library", "update", "nobody", "--tag", "x"]).status == 66)
    #expect(try library.run(["library", "update", "../x", "--tag", "x"]).status == 64)
  }

  @Test("what was deleted is in the trash, comes back, and goes for good with it")
  func trash() throws {
    let library = try CommandLibrary()
    let id = try library.add("a.txt", "one")
    let gone = try library.json(["library", "delete", id])
    #expect(gone["deleted_at"] is String)
    #expect(try library.items(["library", "list"]).isEmpty)
    #expect(try library.items(["library", "list", "--deleted"]).count == 1)
    let back = try library.json(["library", "undelete", id])
    #expect(back["deleted_at"] is NSNull)
    _ = try library.json(["library", "delete", id])
    let collected = try library.json(["library", "gc", "--trash-older-than", "0s"])
    #expect(collected["assets_forgotten"] as? Int == 1)
    // An empty catalogue that has known better is not a lost one.
    #expect(try library.run(["library", "gc"]).status == 0)
    #expect(try library.run(["library", "show", id]).status == 66)
  }

  @Test("generations are said, shown, replaced, and checked")
  func generations() throws {
    let library = try CommandLibrary()
    let id = try library.add("a.txt", "one")
    let made = try library.json([
      "library", "generation", id, "--set",
      #"{"model": "sdxl", "prompt": "a red kite", "seed": 18446744073709551615}"#,
    ])
    #expect(made["seed"] as? String == "18446744073709551615")
    let number = try #require(made["generation_id"] as? String)
    _ = try library.json([
      "library", "generation", id, "--set",
      #"{"generation_id": "\#(number)", "prompt": "a blue kite"}"#,
    ])
    let all = try library.items(["library", "generation", id])
    #expect(all.count == 1 && all[0]["prompt"] as? String == "a blue kite")
    #expect(try library.items(["library", "search", "kite"]).count == 1)
    let slip = try library.run(["library", "generation", id, "--set", #"{"promt": "x"}"#])
    #expect(slip.status == 64 && slip.stderr.contains("did you mean \"prompt\"?"))
  }

  @Test("lists come in pages that go on where they ended, whatever comes in between")
  func pages() throws {
    let library = try CommandLibrary()
    for number in 0..<7 { _ = try library.add("\(number).txt", "text \(number)") }
    var names: [String] = []
    var options: [String] = []
    repeat {
      let page = try library.json(["library", "list", "--sort", "name", "--limit", "3"] + options)
      names += try #require(page["items"] as? [[String: Any]]).compactMap { $0["name"] as? String }
      options = (page["next_cursor"] as? String).map { ["--cursor", $0] } ?? []
      if names.count == 3 { _ = try library.add("0a.txt", "between") }
    } while !options.isEmpty
    #expect(names == (0..<7).map { "\($0).txt" })
    let stray = try library.run(["library", "list", "--cursor", "0011"])
    #expect(stray.status == 64 && stray.stderr.contains("library.bad_cursor"))
  }

  @Test("verify finds a flipped bit, puts it aside when told, and brings it back from its origin")
  func verify() throws {
    let library = try CommandLibrary()
    let id = try library.add("a.txt", "precious words")
    let path = try #require(try library.json(["library", "show", id])["file_path"] as? String)
    let writable = FileManager.default
    try writable.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    try Data("precious wordz".utf8).write(to: URL(filePath: path))
    let found = try library.run(["library", "verify", "--json"])
    #expect(found.status == 1)
    let report = try #require(try found.jsonLines().first)
    let findings = try #require(report["findings"] as? [[String: Any]])
    #expect(findings.map { $0["what"] as? String } == ["damaged"])
    let repaired = try library.json(["library", "verify", "--repair"])
    #expect((repaired["counts"] as? [String: Int])?["recovered"] == 1)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious words")
    #expect(try library.json(["library", "verify"])["ok"] as? Bool == true)
  }

  @Test("without its catalogue every command points to rebuild, and nothing is begun anew")
  func missingCatalogue() throws {
    let library = try CommandLibrary()
    _ = try library.add("a.txt", "one", ["--tag", "kept"])
    try FileManager.default.removeItem(atPath: library.folder("lib/mediary.db"))
    try library.folder.write("b.txt", "two".utf8)
    for arguments in [["library", "list"], ["library", "add", "b.txt"], ["library", "gc"]] {
      let run = try library.run(arguments)
      #expect(run.status == 78 && run.stderr.contains("mediary library rebuild"), "\(arguments)")
    }
    _ = try library.json(["library", "rebuild"])
    #expect(try library.items(["library", "list", "--tag", "kept"]).count == 1)
    let again = try library.run(["library", "rebuild"])
    #expect(again.status == 73)
    let replaced = try library.json(["library", "rebuild", "--replace"])
    #expect(replaced["old_catalogue"] is String)
    #expect(try library.items(["library", "list", "--tag", "kept"]).count == 1)
  }

  @Test("quotas refuse before a byte is written, and warn earlier")
  func quota() throws {
    let library = try CommandLibrary()
    try library.folder.write("mediary.toml", "quota = \"1000\"\n".utf8)
    try library.folder.write("big.txt", String(repeating: "a", count: 950).utf8)
    let near = try library.run(["library", "add", "big.txt"])
    #expect(near.status == 0 && near.stderr.contains("of the quota of the library"))
    try library.folder.write("more.txt", String(repeating: "b", count: 100).utf8)
    let over = try library.run(["library", "add", "more.txt", "--json"])
    #expect(over.status == 73)
    #expect(try errorCode(over) == "library.quota_exceeded")
    let staging = try FileManager.default.contentsOfDirectory(
      atPath: library.folder("lib/staging"))
    #expect(staging.isEmpty)
  }

  @Test("a backup that is there is not written over, and a folder in use is no place to restore to")
  func backups() throws {
    let library = try CommandLibrary()
    _ = try library.add("a.txt", "one")
    _ = try library.json(["library", "backup", "saved"])
    #expect(try library.run(["library", "backup", "saved"]).status == 73)
    #expect(try library.run(["library", "restore", "saved"]).status == 73)
    let other = try library.run(["library", "restore", "saved", "--home", "other"])
    #expect(other.status == 0, "\(other.stderr)")
    #expect(try library.run(["library", "restore", "lib", "--home", "third"]).status == 65)
  }

  @Test("import takes a folder's media, and once again reads nothing")
  func importing() throws {
    let library = try CommandLibrary()
    _ = try ClipCommand.film("in/film.mp4".replacing("in/", with: ""), in: library.folder)
    try FileManager.default.createDirectory(
      atPath: library.folder("in"), withIntermediateDirectories: false)
    try FileManager.default.moveItem(
      atPath: library.folder("film.mp4"), toPath: library.folder("in/film.mp4"))
    try library.folder.write("in/notes.txt", "words".utf8)
    try library.folder.write("in/page.png", "<html><body>error</body></html>".utf8)
    let run = try library.run(["library", "import", "in", "--json"])
    #expect(run.status == 1)
    let report = try #require(try run.jsonLines().first)
    #expect(report["added"] as? Int == 1 && report["refused"] as? Int == 1)
    #expect(report["passed_over"] as? Int == 1)
    let again = try #require(
      try library.run(["library", "import", "in", "--json"]).jsonLines().first)
    #expect(again["added"] as? Int == 0 && again["duplicates"] as? Int == 1)
  }

  @Test("where no library is, looking for things says so, and adding makes one")
  func absence() throws {
    let library = try CommandLibrary()
    let run = try library.run(["library", "list", "--json"])
    #expect(run.status == 75)
    #expect(try errorCode(run) == "library.absent")
    try library.folder.write("lib/stranger.txt", "not ours".utf8)
    try library.folder.write("a.txt", "one".utf8)
    let foreign = try library.run(["library", "add", "a.txt", "--json"])
    #expect(try errorCode(foreign) == "library.foreign")
  }
}
