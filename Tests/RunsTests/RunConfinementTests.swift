import Foundation
import Foundations
import Model
import Runs
import TestSupport
import Testing

@Suite("A run's folder and what leads out of it")
struct RunConfinementTests {
  @Test("no id leads out of the folder, and none makes anything there")
  func ids() throws {
    let library = try TestLibrary()
    let before = try FileManager.default.subpathsOfDirectory(atPath: library.folder.text)
    for text in [
      "../secret", "..", ".", "", "a/b", "a\\b", "a\u{0}b", ".hidden", "é", "e\u{301}",
      String(repeating: "a", count: 4_096), "/etc", "-\n",
    ] {
      #expect(code { _ = try RunID(text) } == "library.id_malformed", "\(text)")
    }
    let id = try RunID("secret")
    #expect(code { _ = try library.runs.metadata(of: id) } == "run.not_found")
    #expect(code { _ = try library.runs.path(of: id, "a") } == "run.not_found")
    #expect(code { _ = try library.runs.setTransformedText("x", of: id) } == "run.not_found")
    #expect(code { _ = try library.runs.delete(id) } == "run.not_found")
    let after = try FileManager.default.subpathsOfDirectory(atPath: library.folder.text)
    #expect(Set(after).subtracting(before).subtracting(["trash", "trash/runs", "archive"]) == [])
  }

  @Test("no file name leads out of the folder, nor to what is not a plain file of it")
  func names() throws {
    let library = try TestLibrary()
    let run = try library.begin()
    let other = try library.begin()
    let path = library.path(run.id)
    let manager = FileManager.default
    try manager.createSymbolicLink(
      atPath: path.appending("link.png").text, withDestinationPath: "/etc/passwd")
    try manager.createDirectory(
      atPath: path.appending("folder").text, withIntermediateDirectories: false)
    try Data("x".utf8).write(to: URL(filePath: path.appending(".temp-x").text))
    for name in [
      "../\(other.id)/metadata.json", "/etc/passwd", "link.png", "folder", ".temp-x", ".", "..",
      "", "metadata.json\u{0}.png", "./metadata.json", "folder/../metadata.json", "METADATA.JSON",
      String(repeating: "a", count: 4_096), "no.png",
    ] {
      #expect(
        code { _ = try library.runs.path(of: run.id, name) } == "run.file_not_found", "\(name)")
      #expect(
        code { _ = try library.runs.open(name, of: run.id) } == "run.file_not_found", "\(name)")
    }
    #expect(try library.runs.path(of: run.id, "metadata.json").name == "metadata.json")
  }

  @Test("a name is found in either Unicode form")
  func unicode() throws {
    let library = try TestLibrary()
    let run = try library.begin()
    _ = try library.runs.addEntity([65], type: "note", name: "Caf\u{E9}.txt", to: run.id)
    #expect(try library.runs.path(of: run.id, "Cafe\u{301}.txt").name == "Caf\u{E9}.txt")
    // The same name in the other form is taken already.
    let second = try library.runs.addEntity(
      [66], type: "note", name: "Cafe\u{301}.txt", to: run.id)
    #expect(second.filename.hasSuffix("_2.txt"))
  }

  @Test("a run's folder that was swapped for a link is not followed")
  func linkedFolder() throws {
    let library = try TestLibrary()
    let run = try library.begin()
    let manager = FileManager.default
    let outside = library.folder.appending("outside").text
    try manager.moveItem(atPath: library.path(run.id).text, toPath: outside)
    try manager.createSymbolicLink(
      atPath: library.path(run.id).text, withDestinationPath: outside)
    #expect(code { _ = try library.runs.metadata(of: run.id) } == "file.escapes")
    #expect(code { try library.add(TestMedia.png(), to: run.id) } == "file.escapes")
    #expect(try manager.contentsOfDirectory(atPath: outside).count == 2)
  }

  @Test("links put in the place of files are never written through")
  func linkedFiles() throws {
    let library = try TestLibrary()
    let run = try library.begin()
    let victim = library.folder.appending("victim").text
    try Data("mine".utf8).write(to: URL(filePath: victim))
    for name in ["output_image.png", "transformed_text.txt"] {
      try FileManager.default.createSymbolicLink(
        atPath: library.path(run.id).appending(name).text, withDestinationPath: victim)
    }
    #expect(try library.add(TestMedia.png(), to: run.id).filename == "output_image_2.png")
    _ = try library.runs.setTransformedText("x", of: run.id)
    #expect(try Data(contentsOf: URL(filePath: victim)) == Data("mine".utf8))
  }
}
