import Foundation
import Foundations
import TestSupport
import Testing

@Suite("mediary encode", .timeLimit(.minutes(10)))
struct EncodeCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Three shots of 30 frames with sound.
  private func film(_ name: String = "film.mkv") throws -> String {
    try ClipCommand.make(
      name, in: folder,
      ["-f", "lavfi", "-i", "testsrc2=s=160x96:r=25:d=1.2"]
        + ["-f", "lavfi", "-i", "mandelbrot=s=160x96:r=25"]
        + ["-f", "lavfi", "-i", "rgbtestsrc=s=160x96:r=25:d=1.2"]
        + ["-f", "lavfi", "-i", "sine=440:r=48000:d=3.6"]
        + ["-filter_complex"]
        + ["[1]trim=end_frame=30[b];[0][b][2]concat=n=3:v=1,noise=alls=6,format=yuv420p[v]"]
        + ["-map", "[v]", "-map", "3:a", "-c:v", "libx264", "-preset", "veryfast", "-qp", "4"]
        + ["-c:a", "aac", "-metadata:s:a:0", "language=eng"]
    ).text
  }

  private func encode(
    _ arguments: [String], cache: String = "cache", dyingAfter seconds: Double? = nil
  ) throws -> CommandRun {
    let words = ["encode"] + arguments + ["--preset", "12", "--json"]
    let environment = ["XDG_CACHE_HOME": folder(cache), "MEDIARY_HOME": folder("none")]
    guard let seconds else {
      return try CommandRun.mediary(words, environment: environment)
    }
    return try CommandRun(
      "timeout", ["-s", "KILL", "\(seconds)", BuiltProducts.mediary] + words,
      environment: environment)
  }

  private func report(_ run: CommandRun) throws -> [String: Any] {
    let last = try #require(try run.jsonLines().last, "\(run.stderr)")
    #expect(last["event"] as? String == "job_completed", "\(run.stderr)")
    return try #require(last["report"] as? [String: Any])
  }

  /// How many pieces were encoded and not found.
  private func made(_ run: CommandRun) throws -> Int {
    try run.jsonLines().filter {
      $0["event"] as? String == "segment_measured" && $0["reused"] as? Bool == false
    }.count
  }

  private func content(_ path: String) throws -> Data {
    try Data(contentsOf: URL(filePath: path))
  }

  @Test("a film comes out as AV1 with its sound, near its target, with every check passed")
  func whole() throws {
    let source = try film()
    let before = try content(source)
    let run = try encode([source, folder("out.mkv"), "--target-vmaf", "88"])
    #expect(run.status == 0, "\(run.stderr)")
    let report = try report(run)
    let checks = try #require(report["checks"] as? [[String: Any]])
    #expect(checks.count > 15)
    #expect(checks.allSatisfy { $0["ok"] as? Bool == true })
    #expect((report["segments"] as? [Any])?.count == 3)
    let vmaf = try #require(report["vmaf"] as? [String: Double])
    #expect(try abs(#require(vmaf["mean"]) - 88) < 4)
    #expect(try content(source) == before)
    let measured = try CommandRun.mediary(
      ["vmaf", "--json", source, folder("out.mkv")],
      environment: ["XDG_CACHE_HOME": folder("cache")])
    let own = try #require(try measured.jsonLines().first?["vmaf"] as? [String: Double])
    // Where a segment begins the measure knows of no movement, and is a little off.
    #expect(try abs(#require(own["mean"]) - #require(vmaf["mean"])) < 0.5)
    let probe = try CommandRun.mediary(["probe", "--json", folder("out.mkv")])
    let streams = try #require(try probe.jsonLines().first?["streams"] as? [[String: Any]])
    #expect(streams.map { $0["codec"] as? String } == ["av1", "opus"])
    #expect(streams[1]["language"] as? String == "eng")
  }

  @Test("half a minute with one of everything keeps every stream, and tells what the search took")
  func rich() throws {
    let source = try RichClip.make(in: folder, seconds: 30)
    let run = try encode([source.text, folder("out.mkv"), "--target-vmaf", "90"])
    let report = try report(run)
    let checks = try #require(report["checks"] as? [[String: Any]])
    #expect(checks.count == 26)
    #expect(checks.allSatisfy { $0["ok"] as? Bool == true })
    try RichClip.compare(source, with: FilePath(folder("out.mkv")))
    let search = try #require(report["search"] as? [String: Any])
    let seconds = try #require(search["cpu_seconds"] as? [String: Double])
    #expect(try #require(search["overhead"] as? Double) >= 1)
    #expect(try #require(seconds["encodes"]) >= #require(seconds["final_encodes"]))
    #expect(search["encodes"] as? Int ?? 0 >= (report["segments"] as? [Any])?.count ?? 1)
  }

  @Test("killed at some instants and done again, it makes the same bytes and no piece twice")
  func killed() throws {
    let source = try film()
    let target = ["--target-vmaf", "85"]
    let start = Date()
    let calm = try encode([source, folder("calm.mkv")] + target, cache: "calm")
    let length = Date().timeIntervalSince(start)
    _ = try report(calm)
    let pieces = try made(calm)
    let instants = Int(ProcessInfo.processInfo.environment["INSTANTS"] ?? "") ?? 4
    var random = Seeded()
    print("encodes that are killed: SEED=\(random.seed)")
    var (deaths, kept) = (0, 0)
    for round in 0..<instants {
      let (output, cache) = (folder("\(round).mkv"), "cache \(round)")
      let dying = try encode(
        [source, output] + target, cache: cache,
        dyingAfter: Double.random(in: 0.1...length, using: &random))
      // Killed after it had its name, an output is as whole as any; before, there is none.
      if dying.status != 0, !FileManager.default.fileExists(atPath: output) {
        deaths += 1
        // A line may be cut off by the death.
        let told = dying.stdout.split(separator: "\n").count {
          $0.contains("segment_measured") && $0.contains("\"reused\":false}")
        }
        let again = try encode([source, output] + target, cache: cache)
        _ = try report(again)
        #expect(try made(again) <= pieces - told, "round \(round)")
        kept += told
      }
      #expect(try content(output) == content(folder("calm.mkv")), "round \(round)")
    }
    print(
      "encodes killed at \(deaths) of \(instants) instants: the same bytes each time, "
        + "\(kept) of \(deaths * pieces) pieces kept, 0 of them made again")
  }

  @Test("of a source renamed and put into another container nothing is encoded again")
  func renamed() throws {
    let source = try film()
    let first = try encode([source, folder("a.mkv"), "--target-vmaf", "85"])
    #expect(try made(first) > 0)
    let other = try ClipCommand.make("other.mp4", in: folder, ["-i", source, "-c", "copy"]).text
    let second = try encode([other, folder("b.mkv"), "--target-vmaf", "85"])
    _ = try report(second)
    #expect(try made(second) == 0)
    // Another target takes what it can from what is there.
    let third = try encode([source, folder("c.mkv"), "--target-vmaf", "84"])
    _ = try report(third)
    #expect(try made(third) < made(first) * 2)
  }

  @Test(
    "what cannot be is refused before anything is encoded",
    arguments: [
      (["--svt", "nonsense=1"], 64, "nonsense"), (["--crf", "70"], 64, "--crf"),
      (["--crf", "30", "--target-vmaf", "90"], 64, "--target-vmaf"),
      (["--crop", "9000:64:0:0"], 64, "--crop"), (["--audio-tracks", "3"], 64, "audio track 3"),
    ])
  func refused(options: [String], status: Int32, word: String) throws {
    let run = try encode([try film(), folder("out.mkv")] + options)
    #expect(run.status == status, "\(run.stderr)")
    #expect(run.stderr.contains(word), "\(run.stderr)")
    #expect(!FileManager.default.fileExists(atPath: folder("out.mkv")))
    #expect(try made(run) == 0)
  }

  @Test("an output that is there is left alone, and so is the source under any name")
  func outputs() throws {
    let source = try film()
    try Data("mine".utf8).write(to: URL(filePath: folder("out.mkv")))
    let taken = try encode([source, folder("out.mkv"), "--crf", "40"])
    #expect(taken.status != 0 && taken.stderr.contains("--overwrite"))
    #expect(try content(folder("out.mkv")) == Data("mine".utf8))
    try FileManager.default.createSymbolicLink(
      atPath: folder("link.mkv"), withDestinationPath: source)
    let before = try content(source)
    let same = try encode([folder("link.mkv"), source, "--crf", "40", "--overwrite"])
    #expect(same.status == 64, "\(same.stderr)")
    #expect(try content(source) == before)
    let replaced = try encode([source, folder("out.mkv"), "--crf", "40", "--overwrite"])
    _ = try report(replaced)
  }

  @Test("a dry run says what would be done, and makes nothing")
  func dryRun() throws {
    let run = try encode([try film(), folder("out.mkv"), "--dry-run"])
    let plan = try #require(try run.jsonLines().last)
    #expect(run.status == 0, "\(run.stderr)")
    #expect(plan["segments"] as? Int == 3 && plan["mode"] as? String == "chunked")
    #expect(!FileManager.default.fileExists(atPath: folder("out.mkv")))
  }

  @Test("a page about it shows the worst moments as they were and as they became")
  func page() throws {
    let source = try film()
    let page = folder("page.html")
    let run = try encode([source, folder("out.mkv"), "--target-vmaf", "85", "--report", page])
    _ = try report(run)
    #expect(!run.stdout.contains("\"warning\""), "\(run.stdout)")
    let text = try String(contentsOfFile: page, encoding: .utf8)
    let jpeg = "src=\"data:image/jpeg;base64,/9j/"
    #expect(text.split(separator: jpeg, omittingEmptySubsequences: false).count == 13)
    #expect(text.contains("target 85") && text.contains("out.mkv"))
    let taken = try encode([source, folder("b.mkv"), "--target-vmaf", "85", "--report", page])
    #expect(taken.status == 73 && taken.stderr.contains("--overwrite"), "\(taken.stderr)")
    #expect(!FileManager.default.fileExists(atPath: folder("b.mkv")))
    // Nor is the source written over.
    let full = try encode([source, folder("c.mkv"), "--target-vmaf", "85", "--report", source])
    #expect(full.status == 64, "\(full.stderr)")
  }
}
