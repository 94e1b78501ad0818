import Foundation
import TestSupport
import Testing

@Suite("Where an encode keeps things, and how it is run", .timeLimit(.minutes(5)))
struct EncodePlacesTests {
  private let trial: EncodeTrial

  init() throws { trial = try EncodeTrial() }

  private func pieces(_ folder: String) throws -> Int {
    try trial.names(in: trial.folder(folder)).count { $0.hasSuffix(".ivf") }
  }

  @Test("a work folder takes everything, keeps it where asked, and is emptied where not")
  func work() throws {
    let source = try trial.shots()
    let work = trial.folder("work")
    let kept = try trial.encode(
      [source, trial.folder("a.mkv"), "--work", work, "--keep-temp", "--nice", "7"])
    _ = try trial.report(kept)
    let parts: Set = ["logs", "encode_data", "segments", "encoded", "working"]
    #expect(try trial.names(in: work) == parts)
    #expect(try pieces("work/segments") == 3)
    #expect(!FileManager.default.fileExists(atPath: trial.folder("cache/mediary/segments")))
    let log = try String(contentsOfFile: work + "/logs/a.mkv.log", encoding: .utf8)
    #expect(log.contains("planned") && log.contains("segment done") && log.hasSuffix("done\n"))
    // What lies there is taken up, and goes with the second.
    let again = try trial.encode([source, trial.folder("b.mkv"), "--work", work])
    #expect(try trial.content(trial.folder("a.mkv")) == trial.content(trial.folder("b.mkv")))
    _ = try trial.report(again)
    #expect(try trial.names(in: work) == ["logs", "encode_data"])
    // Nothing goes that is somebody's own.
    try FileManager.default.createDirectory(
      atPath: work + "/encoded", withIntermediateDirectories: false)
    try trial.folder.write("work/encoded/mine.mkv", "a film".utf8)
    _ = try trial.report(trial.encode([source, trial.folder("c.mkv"), "--work", work]))
    #expect(try trial.names(in: work) == ["logs", "encode_data", "encoded"])
    #expect(try trial.names(in: work + "/encoded") == ["mine.mkv"])
    let failed = try trial.encode([source, trial.folder("b.mkv"), "--work", work])
    #expect(failed.status == 73)
    let story = try String(contentsOfFile: work + "/logs/b.mkv.log", encoding: .utf8)
    #expect(story.contains("file.exists"))
  }

  @Test("what is kept stays within its bounds, but for what is in use or asked to stay")
  func cache() throws {
    let source = try trial.shots()
    let small = ["MEDIARY_ENCODE_CACHE": "10kB"]
    let first = try trial.encode(
      [source, trial.folder("a.mkv"), "--keep-temp"], environment: small)
    _ = try trial.report(first)
    #expect(try pieces("cache/mediary/segments") == 3)
    _ = try trial.report(trial.encode([source, trial.folder("b.mkv")], environment: small))
    #expect(try pieces("cache/mediary/segments") < 3)
    let all = try CommandRun("du", ["-sb", trial.folder("cache/mediary/segments")]).stdout
    #expect(try #require(Int(all.split(separator: "\t")[0])) < 10_000 + 2 * 4_096)
    _ = try trial.report(trial.encode([source, trial.folder("c.mkv")]))
    #expect(try trial.content(trial.folder("a.mkv")) == trial.content(trial.folder("c.mkv")))
  }

  @Test("encoders stand back as far as they are told")
  func nice() throws {
    let source = try trial.film(
      "in.mkv", ["-f", "lavfi", "-i", "testsrc2=s=96x64:r=25", "-frames:v", "10"])
    let encoder = try FaultyEncoder("nice > \"$0.nice\"", in: trial.folder)
    let own = try #require(Int(CommandRun("nice", []).stdout.trimmingCharacters(in: .newlines)))
    let run = try trial.encode(
      [source, trial.folder("out.mkv"), "--nice", "19"], environment: encoder.environment)
    _ = try trial.report(run)
    #expect(try String(contentsOfFile: encoder.path + ".nice", encoding: .utf8) == "19\n")
    #expect(own <= 19)
  }

  @Test("hardware that decodes changes nothing of what comes out, and what it does not do is told")
  func hardware() throws {
    let source = try trial.film(
      "in.mkv", ["-f", "lavfi", "-i", "testsrc2=s=96x64:r=25", "-frames:v", "10"])
    let plain = try trial.encode([source, trial.folder("a.mkv")])
    #expect(try trial.warnings(plain).isEmpty)
    let run = try trial.encode([source, trial.folder("b.mkv"), "--hw-decode", "auto"])
    #expect(try trial.warnings(run).contains { $0.contains("processor") })
    #expect(try trial.content(trial.folder("a.mkv")) == trial.content(trial.folder("b.mkv")))
  }

  @Test("a film of one segment that comes near its target is made, and says how near")
  func near() throws {
    let source = try trial.film(
      "in.mkv", ["-f", "lavfi", "-i", "testsrc2=s=160x96:r=25", "-frames:v", "8"])
    for target in ["93", "90", "87"] {
      let run = try trial.encode([source, trial.folder("\(target).mkv"), "--target-vmaf", target])
      let report = try trial.report(run)
      let vmaf = try #require(report["vmaf"] as? [String: Double])
      let isFar = try #require(vmaf["mean"]) < #require(Double(target)) - 0.5
      #expect(try trial.warnings(run).isEmpty == !isFar)
    }
  }

  @Test("an output that would be too large ends as soon as that is sure, and its pieces stay")
  func tooLarge() throws {
    let source = try trial.shots()
    let out = trial.folder("out.mkv")
    let run = try trial.encode(
      [source, out, "--crf", "10", "--max-encoded-percent", "3", "--workers", "1"])
    try trial.refused(run, 73, "encoding.too_large", hint: "allow more", output: out)
    let done = try run.jsonLines().filter { $0["event"] as? String == "segment_complete" }
    #expect(!done.isEmpty && done.count < 3)
    #expect(try pieces("cache/mediary/segments") == done.count)
  }
}
