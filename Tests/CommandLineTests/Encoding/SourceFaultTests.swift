import Foundation
import Foundations
import TestSupport
import Testing

@Suite("A source that is not as it should be", .timeLimit(.minutes(5)))
struct SourceFaultTests {
  private let trial: EncodeTrial

  init() throws { trial = try EncodeTrial() }

  private var out: String { trial.folder("out.mkv") }

  private func cut(_ path: String, to share: Double, _ name: String) throws -> String {
    let whole = try trial.content(path)
    return try trial.folder.write(name, whole.prefix(Int(Double(whole.count) * share)))
  }

  /// The file with noise in a tenth of it.
  private func damaged(_ path: String, _ name: String) throws -> String {
    var bytes = [UInt8](try trial.content(path))
    var random = Seeded(seed: 4)
    for place in bytes.count / 2..<bytes.count * 6 / 10 {
      bytes[place] = UInt8(truncatingIfNeeded: random.next())
    }
    return try trial.folder.write(name, bytes)
  }

  @Test(
    "that breaks off is encoded as far as it goes, and that is told",
    arguments: [("mkv", []), ("mp4", ["-movflags", "faststart"])])
  func truncated(container: String, options: [String]) throws {
    let whole = try trial.plain("whole.\(container)", options)
    let source = try cut(whole, to: 0.6, "cut.\(container)")
    let before = try trial.identity(source)
    let run = try trial.encode([source, out])
    #expect(try trial.warnings(run).contains { $0.contains("breaks off") })
    #expect(try (40..<100).contains(trial.frames(run)))
    #expect(try run.jsonLines().contains { $0["event"] as? String == "warning" })
    #expect(try trial.identity(source) == before)
  }

  @Test("that has lost its index is refused")
  func noIndex() throws {
    let source = try cut(try trial.plain("whole.mp4"), to: 0.6, "cut.mp4")
    let run = try trial.encode([source, out])
    try trial.refused(run, 65, "media.demux.truncated", hint: "copy the file again", output: out)
  }

  @Test(
    "with a corrupt middle is encoded without it, and that is told",
    arguments: ["mkv", "mp4", "ts"])
  func corrupt(container: String) throws {
    let source = try damaged(try trial.plain("whole.\(container)"), "bad.\(container)")
    let before = try trial.identity(source)
    let run = try trial.encode([source, out])
    let warnings = try trial.warnings(run)
    #expect(warnings.contains { $0.contains("damaged") || $0.contains("cannot be decoded") })
    let hasHole = warnings.contains { $0.contains("no pictures for") }
    #expect(hasHole || container == "mkv", "\(warnings)")
    #expect(try (60..<100).contains(trial.frames(run)))
    #expect(try trial.identity(source) == before)
    // What is damaged comes out the same each time.
    let again = try trial.encode([source, trial.folder("again.mkv")], cache: trial.folder("other"))
    _ = try trial.report(again)
    #expect(try trial.content(out) == trial.content(trial.folder("again.mkv")))
  }

  @Test("without pictures is refused, whatever else is in it")
  func soundAlone() throws {
    let tone = ["-f", "lavfi", "-i", "sine=440:r=48000:d=1"]
    let sound = try trial.film("a.m4a", tone)
    let picture = try trial.film(
      "p.png", ["-f", "lavfi", "-i", "testsrc2=s=64x64"] + ["-frames:v", "1"])
    let covered = try trial.film(
      "c.flac", tone + ["-i", picture, "-map", "0", "-map", "1", "-disposition:v", "attached_pic"])
    for source in [
      sound, covered, try trial.folder.write("empty.mkv", []),
      try trial.folder.write("text.mkv", Array("no film at all\n".utf8)),
    ] {
      let run = try trial.encode([source, out])
      #expect(run.status == 65, "\(run.stderr)")
      #expect(run.stderr.contains("\"error\"") && !run.stderr.contains("internal"), "\(run.stderr)")
      #expect(!FileManager.default.fileExists(atPath: out))
    }
    try trial.refused(
      try trial.encode([sound, out]), 65, "encoding.no_film", hint: "mediary probe")
  }

  @Test("that is short or silent is a film all the same", arguments: [1, 3])
  func short(frames: Int) throws {
    let source = try trial.film(
      "short.mkv", ["-f", "lavfi", "-i", "testsrc2=s=96x64:r=25", "-frames:v", "\(frames)"])
    let run = try trial.encode([source, out, "--target-vmaf", "80"])
    #expect(try trial.frames(run) == frames)
    let checks = try #require(try trial.report(run)["checks"] as? [[String: Any]])
    #expect(
      checks.contains { $0["name"] as? String == "frames" && $0["found"] as? String == "\(frames)" }
    )
  }

  @Test("of 8K is encoded in the memory of a small machine")
  func large() throws {
    let source = try trial.film(
      "large.mkv",
      ["-f", "lavfi", "-i", "testsrc2=s=7680x4320:r=25", "-frames:v", "1", "-c:v", "libx264"]
        + ["-preset", "ultrafast"])
    #expect(try trial.frames(trial.encode([source, out])) == 1)
  }

  @Test("whose pictures change on the way is refused before anything is encoded")
  func changing() throws {
    let parts = try ["96x64", "128x96"].map { size in
      try trial.content(
        trial.film(
          "\(size).ts", ["-f", "lavfi", "-i", "testsrc2=s=\(size):r=25", "-frames:v", "30"]))
    }
    let source = try trial.folder.write("change.ts", parts[0] + parts[1])
    let run = try trial.encode([source, out])
    try trial.refused(run, 65, "encoding.picture_changes", hint: "cut the file there", output: out)
    #expect(run.stderr.contains("128x96") && run.stderr.contains(" at frame "))
  }

  @Test("that is interlaced asks what is to become of it, and becomes whole pictures")
  func interlaced() throws {
    let source = try trial.film(
      "fields.mkv",
      ["-f", "lavfi", "-i", "testsrc2=s=96x64:r=50:d=2", "-vf", "tinterlace=interleave_top"]
        + ["-c:v", "libx264", "-flags", "+ildct+ilme", "-x264-params", "tff=1"])
    let asked = try trial.encode([source, out])
    try trial.refused(asked, 64, "encoding.needs_choice", hint: "--deinterlace", output: out)
    let whole = try trial.encode([source, out, "--deinterlace"])
    #expect(try trial.frames(whole) == 50)
    #expect(try trial.warnings(whole).contains { $0.contains("whole pictures") })
    let kept = try trial.encode([source, trial.folder("kept.mkv"), "--no-deinterlace"])
    #expect(try trial.frames(kept) == 50)
    #expect(try trial.content(out) != trial.content(trial.folder("kept.mkv")))
  }

  @Test(
    "of any size and pixels becomes a film with every check passed",
    arguments: [
      ("97x65", "yuv444p", "libx264"), ("96x64", "yuv422p10le", "libx264"),
      ("96x64", "yuv444p12le", "ffv1"), ("96x64", "bgr0", "ffv1"), ("98x66", "gray", "ffv1"),
    ])
  func forms(size: String, format: String, codec: String) throws {
    let source = try trial.film(
      "in.mkv",
      ["-f", "lavfi", "-i", "testsrc2=s=\(size):r=25", "-frames:v", "12", "-pix_fmt", format]
        + ["-c:v", codec])
    #expect(try trial.frames(trial.encode([source, out])) == 12)
  }

  @Test("without times gets them made up, and that is told")
  func untimed() throws {
    let source = try trial.film(
      "raw.h264", ["-f", "lavfi", "-i", "testsrc2=s=96x64:r=25", "-frames:v", "20"])
    let run = try trial.encode([source, out])
    #expect(try trial.frames(run) == 20)
    #expect(try trial.warnings(run).contains { $0.contains("made up") })
  }

  @Test("that is turned comes out upright in mkv, and turned by the player in mp4")
  func turned() throws {
    let plain = try trial.film(
      "plain.mp4",
      ["-f", "lavfi", "-i", "testsrc2=s=96x64:r=25", "-frames:v", "12", "-aspect", "2"])
    for degrees in [90, 180] {
      let source = try trial.film(
        "t\(degrees).mp4", ["-i", plain, "-c", "copy", "-metadata:s:v", "rotate=\(degrees)"])
      let run = try trial.encode([source, trial.folder("t\(degrees).mkv")])
      #expect(try trial.warnings(run).contains { $0.contains("turned by") })
      let stream = try ClipCommand.probe(.init(trial.folder("t\(degrees).mkv"))).streams[0]
      #expect(stream["width"] == (degrees == 90 ? "64" : "96"))
      // Pixels of 4:3 that stand upright are of 3:4 once they lie.
      #expect(stream["display_aspect_ratio"] == (degrees == 90 ? "1:2" : "2:1"))
      #expect(stream.sideData("Display Matrix") == nil)
    }
    let kept = try trial.encode([trial.folder("t90.mp4"), trial.folder("kept.mp4")])
    #expect(try trial.warnings(kept).isEmpty)
    let stream = try ClipCommand.probe(.init(trial.folder("kept.mp4"))).streams[0]
    #expect(stream["width"] == "96" && stream.sideData("Display Matrix") != nil)
  }

  @Test(
    "of any name is found, and its output gets any name",
    arguments: ["-lead.mkv", "new\nline.mkv", "🎬 film.mkv", "a'b\"c$d.mkv"])
  func names(name: String) throws {
    let plain = try trial.film(
      "plain.mkv", ["-f", "lavfi", "-i", "testsrc2=s=96x64:r=25", "-frames:v", "8"])
    try FileManager.default.moveItem(atPath: plain, toPath: trial.folder(name))
    try FileManager.default.createDirectory(
      atPath: trial.folder("to"), withIntermediateDirectories: false)
    let run = try CommandRun.mediary(
      trial.words(["--", name, "to/\(name)"]),
      folder: trial.folder.path, environment: trial.variables())
    _ = try trial.report(run)
    #expect(try trial.names(in: trial.folder("to")) == [name])
  }

  @Test("of a name that is no text is found, and its output gets such a name")
  func rawName() throws {
    let plain = try trial.film(
      "plain.mkv", ["-f", "lavfi", "-i", "testsrc2=s=96x64:r=25", "-frames:v", "8"])
    let script = """
      cp "$1" "$2/$(printf '\\377\\376').mkv"
      "$0" encode "$2/$(printf '\\377\\376').mkv" "$2/$(printf '\\376').mkv" --crf 50 --preset 13 --json \
        && test -s "$2/$(printf '\\376').mkv"
      """
    let run = try CommandRun(
      "sh", ["-c", script, BuiltProducts.mediary, plain, trial.folder.path],
      environment: trial.variables())
    _ = try trial.report(run)
  }
}
