import Blobs
import Foundation
import Foundations
import Model
import Runs
import TestSupport
import Testing

@Suite("A run's folder")
struct RunFolderTests {
  @Test("a new run is a folder with its text and its metadata, and a row")
  func created() throws {
    let library = try TestLibrary(time: ManualTime())
    let run = try library.begin("a cat\nin a hat")
    #expect(try library.names(run.id) == ["input_text.txt", "metadata.json"])
    let json = try library.json(run.id)
    #expect(json["run_id"] as? String == run.id.text && UUID(uuidString: run.id.text) != nil)
    #expect(json["user_id"] as? String == "ada" && json["schema"] as? String == "dada")
    #expect(json["execution_mode"] as? String == "eco")
    #expect(json["input_text"] as? String == "a cat\nin a hat")
    #expect(json["transformed_text"] is NSNull)
    #expect(json["timestamp"] as? String == "2026-01-01T00:00:00.000Z")
    #expect((json["outputs"] as? [Any])?.isEmpty == true)
    let text = try SmallFile.read(library.path(run.id).appending("input_text.txt"), limit: 100)
    #expect(text == Array("a cat\nin a hat".utf8))
    #expect(try library.row(run.id) == run)
    try library.check(run.id)
  }

  @Test("an output has every field, and secrets and private fields are never written")
  func fields() throws {
    let library = try TestLibrary(time: ManualTime())
    let run = try library.begin()
    var new = try library.content(TestMedia.png())
    new.facts.width = 640
    new.facts.height = 480
    new.facts.durationSeconds = 1.5
    var about = OutputDetails(type: "image", config: "sd35", backend: "comfyui")
    about.seed = "18446744073709551615"
    about.node = "9"
    about.extra = [
      "prompt_id": "p-1", "source_url": "https://x.test/a?token=geheim&b=1",
      "_source_data": "raw", "nested": ["_private": 1, "kept": [["_deep": 2, "is": 3]]],
      "filename": "../../etc/passwd", "api_key": "geheim",
    ]
    let output = try library.runs.add(new, to: run.id, about)
    #expect(output.filename == "output_image.png" && output.ordinal == 1)
    let json = try library.json(run.id)
    let first = try #require((json["outputs"] as? [[String: Any]])?.first)
    #expect(first["type"] as? String == "image" && first["backend"] as? String == "comfyui")
    #expect(first["config"] as? String == "sd35" && first["format"] as? String == "png")
    #expect(first["file_size_bytes"] as? Int == Int(new.size))
    #expect(first["width"] as? Int == 640 && first["height"] as? Int == 480)
    #expect(first["duration_seconds"] as? Double == 1.5)
    #expect(first["sha256"] as? String == new.blob.description)
    #expect(first["mime_type"] as? String == "image/png")
    #expect(first["seed"] as? UInt64 == 18_446_744_073_709_551_615)
    #expect(first["node_id"] as? String == "9" && first["prompt_id"] as? String == "p-1")
    #expect(first["filename"] as? String == "output_image.png")
    let text = String(
      decoding: try SmallFile.read(library.path(run.id).appending("metadata.json"), limit: 9_999),
      as: UTF8.self)
    #expect(!text.contains("geheim") && !text.contains("\"_") && text.contains("kept"))
    try library.check(run.id)
  }

  @Test("unknown fields of the run and of its outputs are kept when it is rewritten")
  func unknownFields() throws {
    let library = try TestLibrary()
    let run = try library.begin()
    try library.add(TestMedia.png(1), to: run.id)
    let path = library.path(run.id).appending("metadata.json").text
    var text = try String(contentsOfFile: path, encoding: .utf8)
    text.replace(
      "\"run_id\"", with: "\"safety_level\": \"kids\", \"big\": 1.10, \"_x\": 1, \"run_id\"")
    text.replace("\"type\":\"image\"", with: "\"type\":\"image\",\"stars\":[1,{\"a\":null}]")
    // Replaced by somebody else, in place.
    try Data(text.utf8).write(to: URL(filePath: path))
    try library.add(TestMedia.png(2), to: run.id)
    _ = try library.runs.setState(RunStateChange(.complete), of: run.id)
    let after = try String(contentsOfFile: path, encoding: .utf8)
    #expect(after.contains("\"safety_level\": \"kids\"") && after.contains("\"big\": 1.10"))
    #expect(after.contains("\"stars\":[1,{\"a\":null}]") && !after.contains("\"_x\""))
    try library.check(run.id)
  }

  @Test("texts, other files and states are kept, and nothing is overwritten")
  func texts() throws {
    let library = try TestLibrary()
    let run = try library.begin()
    _ = try library.runs.setTransformedText("ein Kater", of: run.id)
    _ = try library.runs.setTransformedText("eine Katze", of: run.id)
    let workflow = Array(#"{"nodes": []}"#.utf8)
    let first = try library.runs.addEntity(
      workflow, type: "workflow", name: "workflow.json", to: run.id)
    let second = try library.runs.addEntity(
      workflow, type: "workflow", name: "Workflow.JSON", to: run.id)
    let note = try library.runs.addText("hm", type: "safety", to: run.id)
    #expect(first.filename == "workflow.json" && second.filename == "Workflow_2.JSON")
    #expect([first, second, note].map(\.sequence) == [1, 2, 3] && note.filename == "safety.txt")
    var change = RunStateChange(.failed, stage: "generation", step: "3/6")
    change.error = "no memory"
    change.expectedOutputs = ["image", "image"]
    _ = try library.runs.setState(change, of: run.id)
    let metadata = try library.runs.metadata(of: run.id)
    #expect(metadata.run.transformedText == "eine Katze" && metadata.entities.count == 3)
    #expect(metadata.run.state.status == .failed && metadata.run.state.error == "no memory")
    #expect(metadata.run.state.expectedOutputs == ["image", "image"])
    #expect(
      try SmallFile.read(library.runs.path(of: run.id, "transformed_text.txt"), limit: 99)
        == Array("eine Katze".utf8))
    try library.check(run.id)
  }

  @Test("names that a disk may take for one are kept apart, whoever gives them")
  func clashes() throws {
    let library = try TestLibrary()
    let other = try TestLibrary(at: library.folder)
    let run = try library.begin()
    let names = [
      "A.png", "a.png", "A.PNG", "\u{C9}t\u{E9}.txt", "E\u{301}te\u{301}.txt",
      "\u{E9}T\u{C9}.txt",
    ]
    var given: [String] = []
    for (number, name) in names.enumerated() {
      // One remembers the names, the other reads them anew each time.
      let runs = number % 2 == 0 ? library.runs : other.runs
      let entity = try runs.addEntity([UInt8(number)], type: "x", name: name, to: run.id)
      given.append(entity.filename)
    }
    #expect(Set(given.map { $0.lowercased() }).count == names.count, "\(given)")
    for (number, name) in given.enumerated() {
      let bytes = try SmallFile.read(library.runs.path(of: run.id, name), limit: 9)
      #expect(bytes == [UInt8(number)])
    }
  }

  @Test("a name of the run's own, or one that leads elsewhere, is refused for another file")
  func ownNames() throws {
    let library = try TestLibrary()
    let run = try library.begin()
    for name in [
      "metadata.json", "Metadata.json", "output_image.png", "../x", "a/b", ".temp-x", "",
    ] {
      #expect(
        code { _ = try library.runs.addEntity([1], type: "x", name: name, to: run.id) } != nil,
        "\(name)")
    }
    #expect(try library.names(run.id) == ["input_text.txt", "metadata.json"])
  }

  @Test("values that a run does not take are refused before anything is made")
  func badValues() throws {
    let library = try TestLibrary()
    func refused(_ change: (inout NewRun) -> Void) -> String? {
      var new = NewRun(schema: "s", mode: .eco, inputText: "t")
      change(&new)
      return code { _ = try library.runs.create(new) }
    }
    #expect(refused { $0.schema = "" } == "run.bad_value")
    #expect(refused { $0.schema = "a\u{0}b" } == "run.bad_value")
    #expect(refused { $0.user = String(repeating: "x", count: 4_096) } == "run.bad_value")
    #expect(refused { $0.inputText = String(repeating: "x", count: 2 << 20) } == "run.bad_value")
    #expect(code { _ = try ExecutionMode("turbo") } == "run.bad_value")
    #expect(try library.knownRuns().isEmpty)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: library.folder.appending("runs").text)
        == [])
  }

  @Test("a run file is a second name of its blob, or a file of its own where that is set")
  func placing() throws {
    for (files, links) in [(RunFiles.auto, 2), (.link, 2), (.copy, 1)] {
      let library = try TestLibrary { $0.files = files }
      let run = try library.begin()
      let output = try library.add(TestMedia.png(), to: run.id)
      let status = try FileStatus.of(try library.runs.path(of: run.id, output.filename))
      #expect(status.links == links || (files == .auto && status.links == 1), "\(files)")
      try library.check(run.id)
    }
  }

  @Test("blobs that are no files of this machine are copied into the run")
  func downloaded() throws {
    let library = try TestLibrary(blobs: InMemoryStore.make())
    let run = try library.begin()
    try library.add(TestMedia.png(), to: run.id)
    try library.check(run.id)
    let linking = try TestLibrary(blobs: InMemoryStore.make()) { $0.files = .link }
    let other = try linking.begin()
    #expect(
      code { _ = try linking.add(TestMedia.png(), to: other.id) } == "file.other_file_system")
    #expect(try linking.names(other.id) == ["input_text.txt", "metadata.json"])
  }
}
