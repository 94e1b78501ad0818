import Foundation
import Foundations
import TestSupport
import Testing

@Suite("mediary encode --history", .timeLimit(.minutes(10)))
struct EncodeHistoryCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func mediary(_ words: String...) throws -> CommandRun {
    try CommandRun.mediary(
      ["encode"] + words,
      environment: ["XDG_CACHE_HOME": folder("cache"), "MEDIARY_HOME": folder("none")])
  }

  @Test("tells what was encoded and what failed, for people, scripts and as lists")
  func whole() throws {
    #expect(try mediary("--history", "--json").stdout.isEmpty)
    let source = try ClipCommand.make(
      "film.mkv", in: folder,
      ["-f", "lavfi", "-i", "testsrc2=s=96x64:r=25", "-frames:v", "20", "-c:v", "mpeg4"]
    ).text
    let fast = ["--preset", "12", "--crf", "50"]
    let made = try CommandRun.mediary(
      ["encode", source, folder("out.mkv"), "--json"] + fast,
      environment: ["XDG_CACHE_HOME": folder("cache"), "MEDIARY_HOME": folder("none")])
    #expect(made.status == 0, "\(made.stderr)")
    // Refused before anything is done: no encode. Found to be too large on the way: one.
    #expect(try mediary(source, folder("out.mkv"), "--crf", "50").status == 73)
    #expect(
      try mediary(
        source, folder("tiny.mkv"), "--preset", "12", "--crf", "50", "--max-encoded-percent", "1"
      ).status == 73)
    let rows = try mediary("--history", "--json").jsonLines()
    #expect(rows.map { $0["state"] as? String } == ["failed", "completed"])
    let error = try #require(rows[0]["error"] as? [String: Any])
    #expect(error["code"] as? String == "encoding.too_large")
    let row = rows[1]
    let size = try FileManager.default.attributesOfItem(atPath: folder("out.mkv"))[.size] as? Int
    #expect(row["input"] as? String == source && row["size_after"] as? Int == size)
    #expect(row["frames"] as? Int == 20 && row["duration_seconds"] as? Double == 0.8)
    #expect((row["encoder"] as? String)?.hasPrefix("SVT-AV1") == true)
    let sum = try CommandRun("sha256sum", [source]).stdout.prefix(64)
    #expect(row["content"] as? String == String(sum))
    #expect(try mediary("--history", "--json", "--limit", "1").jsonLines().count == 1)
    #expect(try mediary("--history", "--json", "--filter", "OUT.mkv").jsonLines().count == 1)
    let table = try mediary("--history").stdout
    #expect(table.contains("film.mkv") && table.contains("failed") && table.contains("Saved"))
    #expect(try mediary("--history", "--write-lists", folder("lists")).status == 0)
    let listed = try String(contentsOfFile: folder("lists/encoded_files.txt"), encoding: .utf8)
    #expect(listed == source + "\n")
  }
}
