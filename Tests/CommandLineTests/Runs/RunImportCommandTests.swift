import Foundation
import TestSupport
import Testing

@Suite("mediary run import")
struct RunImportCommandTests {
  @Test("takes in older runs, tells of each on a line, and ends with 1 when some cannot be read")
  func layouts() throws {
    let library = try StoredLibrary()
    let old = library.folder
    let row = #""type": "image", "filename": "output_image.png""#
    try old.write(
      "old/flat-1/metadata.json",
      """
      {"run_id": "flat-1", "timestamp": "2025-01-02T03:04:05", "schema": "dada", "mood": 1.50,
       "execution_mode": "eco", "input_text": "hi",
       "outputs": [{\(row), "config": "one"}, {\(row), "config": "two"}]}
      """.utf8)
    let jpeg = try StoredLibrary.media.get().bytes("photo.jpg")
    try old.write("old/flat-1/output_image.png", jpeg)
    try old.write("old/2025-01-03/dev_1/run_2/metadata.json", "{".utf8)
    try old.write("old/flat-3/metadata.json", #"{"run_id": "../../evil", "outputs": []}"#.utf8)
    let run = try library.run("run", "import", old("old"), "--zone", "+01:00", "--json")
    #expect(run.status == 1 && run.stderr.isEmpty, "\(run.stderr)")
    let lines = try run.jsonLines()
    #expect(lines.count == 3)
    let taken = try #require(lines.first { $0["run_id"] as? String == "flat-1" })
    #expect(taken["timestamp"] as? String == "2025-01-02T02:04:05.000Z")
    #expect(taken["mood"] as? Double == 1.5)
    let outputs = try #require(taken["outputs"] as? [[String: Any]])
    // The old program overwrote the first; what is there is the second's, and is a JPEG.
    #expect(outputs.count == 1 && outputs[0]["filename"] as? String == "output_image.jpg")
    #expect(outputs[0]["config"] as? String == "two")
    let facts = try #require(taken["import"] as? [String: Any])
    #expect(facts["status"] as? String == "imported")
    #expect(facts["from"] as? String == old("old/flat-1"))
    #expect(facts["missing"] as? [String] == ["output_image.png"])
    #expect(facts["refused"] as? [String] == [])
    let failed = lines.compactMap { $0["import"] as? [String: Any] }
      .filter { $0["status"] as? String == "failed" }
    let codes = failed.compactMap { ($0["error"] as? [String: Any])?["code"] as? String }
    #expect(codes.sorted() == ["library.id_malformed", "run.damaged"])
    #expect(!FileManager.default.fileExists(atPath: old("evil")))
    #expect(FileManager.default.fileExists(atPath: old("old/flat-1/output_image.png")))
  }

  @Test("goes on where it was, and sums up for people")
  func again() throws {
    let library = try StoredLibrary()
    try library.folder.write(
      "old/a/metadata.json", #"{"run_id": "a", "schema": "s", "outputs": []}"#.utf8)
    let first = try library.run("run", "import", library.folder("old"))
    #expect(first.status == 0 && first.stderr == "1 run imported\n")
    #expect(first.stdout == "a  imported · 0 outputs\n")
    let second = try library.run("run", "import", library.folder("old"))
    #expect(second.status == 0 && second.stderr == "0 runs imported, 1 already there\n")
    let line = try library.answer("run", "import", library.folder("old"))
    #expect((line["import"] as? [String: Any])?["status"] as? String == "already_there")
    #expect(try library.failure("run", "import", library.folder("none")).status == 66)
    #expect(
      try library.failure("run", "import", library.folder("old"), "--zone", "Berlin")
        == .init(64, "usage.bad_value"))
  }
}
