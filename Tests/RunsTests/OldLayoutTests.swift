import Foundation
import Foundations
import Glibc
import Model
import Runs
import TestSupport
import Testing

@Suite("Runs of older layouts")
struct OldLayoutTests {
  /// A folder of old runs, and a library that takes them in.
  private struct Subject {
    let library: TestLibrary
    let old: TemporaryFolder

    init(_ backend: Backend) throws {
      library = try TestLibrary(backend)
      old = try TemporaryFolder()
    }

    /// Imports, and tells in a line each what came of it.
    func lines(zone: Duration = .zero) throws -> [String] {
      var lines: [String] = []
      try library.runs.importRuns(from: FilePath(old.path), zone: zone) { outcome in
        switch outcome {
        case .imported(let id, _, let outputs, let missing, let refused):
          lines.append("\(id): \(outputs), missing \(missing), refused \(refused)")
        case .alreadyThere(let id, _): lines.append("\(id): there")
        case .failed(let path, let error):
          lines.append("\(path.name): \((error as? any Failure)?.code.name ?? "\(error)")")
        }
      }
      return lines.sorted()
    }
  }

  @Test(
    "the first layout: flat, with outputs; the overwritten image's row is told of and kept",
    arguments: Backend.allCases)
  func flat(_ backend: Backend) throws {
    let subject = try Subject(backend)
    let id = "0d7ff0a2-0000-4000-8000-000000000001"
    let row = #""type": "image", "filename": "output_image.png", "backend": "comfyui""#
    let metadata = """
      {"run_id": "\(id)", "user_id": "DOE_J", "timestamp": "2025-01-02T03:04:05.678901",
       "schema": "dada", "execution_mode": "eco", "input_text": "hi", "transformed_text": null,
       "mood": {"a": [1.50]}, "_source": 1,
       "outputs": [{\(row), "config": "one", "format": "png"}, {\(row), "config": "two"},
                   {"type": "audio", "filename": "gone.wav"}]}
      """
    try subject.old.write("\(id)/metadata.json", metadata.utf8)
    try subject.old.write("\(id)/input_text.txt", "hi".utf8)
    try subject.old.write("\(id)/output_image.png", TestMedia.jpeg)
    let lines = try subject.lines(zone: .seconds(3_600))
    #expect(
      lines == ["\(id): 1, missing [\"output_image.png\", \"gone.wav\"], refused []"])
    let library = subject.library
    let run = try library.runs.metadata(of: RunID(id))
    #expect(run.run.user == "DOE_J" && run.run.state.status == .complete)
    #expect(run.run.createdAt.description == "2025-01-02T02:04:05.678Z")
    #expect(run.json["mood"]?.text() == #"{"a":[1.50]}"# && run.json["_source"] == nil)
    #expect(run.json["lost_files"]?.array?.count == 2)
    // The row that the file is of, under the extension that its bytes have.
    #expect(run.outputs[0].filename == "output_image.jpg")
    #expect(run.outputs[0].details["config"]?.string == "two")
    try library.check(RunID(id))
    #expect(try subject.lines() == ["\(id): there"])
    // What was imported stays where it was.
    #expect(FileManager.default.fileExists(atPath: subject.old("\(id)/output_image.png")))
  }

  @Test(
    "the second: dated, of a device that its metadata forgot, with entities in two folders",
    arguments: Backend.allCases)
  func dated(_ backend: Backend) throws {
    let subject = try Subject(backend)
    let id = "run_1735786800000_a1b2c3"
    let base = "2025-01-02/dev_0123456789ab/\(id)"
    let metadata = """
      {"run_id": "\(id)", "timestamp": "2025-01-02T03:04:05", "config_name": "bauhaus",
       "execution_mode": "fast", "safety_level": "kids", "user_id": "anonymous", "device_id": null,
       "expected_outputs": ["input", "output_image"],
       "current_state": {"stage": 5, "step": "complete", "progress": "6/6"},
       "entities": [
        {"sequence": 1, "type": "input", "filename": "01_input.txt", "timestamp": "2025-01-02T03:04:06", "metadata": {}},
        {"sequence": 4, "type": "interception", "filename": "04_interception.txt", "metadata": {"model": "m"}},
        {"sequence": 6, "type": "output_image", "filename": "06_output_image.bin",
         "metadata": {"config": "sd35", "backend": "comfyui", "seed": 42, "prompt_id": "p", "node_id": "9"}},
        {"sequence": 7, "type": "output_music", "filename": "07_output_music.mid", "metadata": {}},
        {"sequence": 8, "type": "output_image", "filename": "08_output_image.png", "metadata": {}}],
       "prompting_process": [{"sequence": 1, "type": "prompt", "filename": "001_prompt.json"}],
       "comfyui_prompt_ids": [{"prompt_id": "p"}]}
      """
    try subject.old.write("\(base)/metadata.json", metadata.utf8)
    try subject.old.write("\(base)/final/01_input.txt", "ein Kater".utf8)
    try subject.old.write("\(base)/final/04_interception.txt", "eine Katze".utf8)
    try subject.old.write("\(base)/final/06_output_image.bin", TestMedia.png(1))
    try subject.old.write("\(base)/final/07_output_music.mid", TestMedia.midi)
    try subject.old.write("\(base)/final/08_output_image.png", TestMedia.html)
    try subject.old.write("\(base)/prompting_process/001_prompt.json", "{}".utf8)
    try subject.old.write("\(base)/final/09_orphan.png", TestMedia.png(2))
    try subject.old.write("\(base)/workflow.json", #"{"1": {"_meta": {}}}"#.utf8)
    #expect(
      try subject.lines() == ["\(id): 3, missing [], refused [\"08_output_image.png\"]"])
    let library = subject.library
    let run = try library.runs.metadata(of: RunID(id))
    #expect(run.run.schema == "bauhaus" && run.run.mode == "fast")
    #expect(run.run.inputText == "ein Kater" && run.run.transformedText == "eine Katze")
    #expect(run.json["device_id"]?.string == "dev_0123456789ab")
    #expect(run.json["safety_level"]?.string == "kids" && run.json["comfyui_prompt_ids"] != nil)
    #expect(run.run.state.status == .complete && run.run.state.stage == "5")
    #expect(
      run.outputs.map(\.filename)
        == ["output_image.png", "output_music.mid", "output_image_2.png"])
    #expect(run.outputs[0].details["seed"]?.int == 42)
    #expect(run.outputs[0].details["prompt_id"]?.string == "p")
    // The sequences that had gaps go on behind the highest, so that none is overwritten.
    #expect(Set(run.entities.map(\.sequence)).count == run.entities.count)
    #expect(run.entities.map(\.filename).contains("08_output_image.png"))
    let note = try library.runs.addText("x", type: "note", to: RunID(id))
    #expect(note.sequence == (run.entities.map(\.sequence).max() ?? 0) + 1)
    let workflow = try SmallFile.read(library.runs.path(of: RunID(id), "workflow.json"), limit: 99)
    #expect(workflow == Array(#"{"1": {"_meta": {}}}"#.utf8))
    try library.check(RunID(id))
  }

  @Test(
    "what is damaged or no run is told one by one, and ends nothing", arguments: Backend.allCases)
  func damaged(_ backend: Backend) throws {
    let subject = try Subject(backend)
    try subject.old.write("torn/metadata.json", #"{"run_id": "torn", "outp"#.utf8)
    try subject.old.write("empty/metadata.json", "".utf8)
    try subject.old.write("other/metadata.json", #"{"name": "no run"}"#.utf8)
    try subject.old.write("escape/metadata.json", #"{"run_id": "../../x", "outputs": []}"#.utf8)
    try subject.old.write("lost/final/01_input.txt", "hi".utf8)
    try subject.old.write(
      "good/metadata.json",
      #"{"run_id": "good", "outputs": [{"type": "image", "filename": "../torn/metadata.json"}, 7]}"#
        .utf8)
    #expect(
      try subject.lines() == [
        "empty: run.damaged", "escape: library.id_malformed",
        "good: 0, missing [\"../torn/metadata.json\"], refused []", "lost: run.damaged",
        "other: run.not_a_run", "torn: run.damaged",
      ])
    #expect(try subject.library.runs.ids().map(\.text) == ["good"])
  }

  @Test(
    "an import that a full disk ends leaves no half run, and goes on where it was",
    arguments: Backend.allCases)
  func cutShort(_ backend: Backend) throws {
    let subject = try Subject(backend)
    for number in 0..<3 {
      try subject.old.write("r\(number)/metadata.json", "{\"outputs\": []}".utf8)
      try subject.old.write("r\(number)/output_image.png", TestMedia.png(number))
    }
    let disk = FailingDisk(under: subject.library.folder.appending("runs"))
    let refusal = disk.run(.once(errno: ENOSPC), at: 2, of: "write") {
      code { _ = try subject.lines() }
    }
    #expect(refusal == "file.disk_full")
    let there = try subject.library.runs.ids()
    for id in there { try subject.library.check(id) }
    #expect(try subject.lines().count == 3)
    #expect(try subject.library.runs.ids().map(\.text) == ["r0", "r1", "r2"])
    for id in try subject.library.runs.ids() {
      #expect(try subject.library.runs.metadata(of: id).outputs.count == 1)
    }
    #expect(
      try FileManager.default.contentsOfDirectory(
        atPath: subject.library.folder.appending("runs").text
      ).sorted() == ["r0", "r1", "r2"])
  }
}
