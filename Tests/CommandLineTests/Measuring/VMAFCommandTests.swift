import Foundation
import TestSupport
import Testing

@Suite("mediary vmaf")
struct VMAFCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func film(_ name: String, _ options: [String]) throws -> String {
    let path = folder(name)
    let run = try CommandRun(
      "ffmpeg",
      ["-v", "error", "-y", "-f", "lavfi", "-i", "testsrc2=s=128x96:r=10:d=1"] + options + [path])
    try #require(run.status == 0, "\(run.stderr)")
    return path
  }

  private func vmaf(_ arguments: [String], _ environment: [String: String] = [:]) throws
    -> CommandRun
  {
    try CommandRun.mediary(
      ["vmaf"] + arguments,
      environment: environment.merging(["XDG_CACHE_HOME": folder("cache")]) { $1 })
  }

  @Test("tells mean, 5th percentile and worst frame, and each frame's score on request")
  func json() throws {
    let good = try film("a.mkv", ["-c:v", "ffv1"])
    let bad = try film("b.mkv", ["-vf", "gblur=3:enable=gte(n\\,5)", "-c:v", "ffv1"])
    let run = try vmaf(["--json", "--per-frame", good, bad])
    #expect(run.status == 0, "\(run.stderr)")
    let answer = try #require(try run.jsonLines().first)
    let vmaf = try #require(answer["vmaf"] as? [String: Double])
    let frames = try #require(answer["frames"] as? [[String: Double]])
    #expect(frames.count == 10)
    #expect(frames.map { $0["frame"] } == (0..<10).map(Double.init))
    let scores = frames.compactMap { $0["vmaf"] }
    #expect(vmaf["min"] == scores.min())
    #expect(try abs(#require(vmaf["mean"]) - scores.reduce(0, +) / 10) < 1e-9)
    #expect(try #require(scores.prefix(5).min()) > #require(scores.suffix(4).max()))
    #expect(answer["model"] as? String == "vmaf_v0.6.1")
  }

  @Test("measures by XPSNR where asked, in words for people")
  func text() throws {
    let film = try film("a.mkv", ["-c:v", "ffv1"])
    let run = try vmaf(["--metric", "xpsnr", film, film])
    #expect(
      run.stdout
        == "XPSNR mean 100.00 dB, 5th percentile 100.00 dB, worst frame 100.00 dB, 10 frames\n",
      "\(run.stderr)")
  }

  @Test("draws the curve where asked, as SVG and into no file that is there")
  func plot() throws {
    let film = try film("a.mkv", ["-c:v", "ffv1"])
    let run = try vmaf(["--metric", "xpsnr", "--plot", folder("curve.svg"), film, film])
    #expect(run.status == 0, "\(run.stderr)")
    let drawing = try String(contentsOfFile: folder("curve.svg"), encoding: .utf8)
    #expect(drawing.contains("XPSNR mean 100.00") && drawing.hasPrefix("<?xml"))
    let again = try vmaf(["--plot", folder("curve.svg"), film, film])
    #expect(again.status == 73, "\(again.stderr)")
    let other = try vmaf(["--plot", folder("curve.png"), film, film])
    #expect(other.status == 64 && other.stderr.contains(".svg"), "\(other.stderr)")
    #expect(!FileManager.default.fileExists(atPath: folder("curve.png")))
  }

  @Test("refuses films of another size, and takes a part where it is named")
  func sizes() throws {
    let whole = try film("a.mkv", ["-c:v", "ffv1"])
    let part = try film("b.mkv", ["-vf", "crop=128:64:0:16", "-c:v", "ffv1"])
    let refused = try vmaf([whole, part])
    #expect(refused.status == 64)
    #expect(refused.stderr.contains("error[tool.unequal]"))
    #expect(refused.stderr.contains("--crop W:H:X:Y"))
    let taken = try vmaf(["--metric", "xpsnr", "--crop", "128:64:0:16", whole, part])
    #expect(taken.status == 0, "\(taken.stderr)")
    #expect(try vmaf(["--crop", "128:640:0:16", whole, part]).status == 64)
    #expect(try vmaf(["--crop", "nonsense", whole, part]).status == 64)
  }

  @Test("says what is missing where no ffmpeg can measure")
  func missing() throws {
    let film = try film("a.mkv", ["-c:v", "ffv1"])
    let run = try vmaf([film, folder("absent.mkv")])
    #expect(run.status == 66)
    let doctor = try CommandRun.mediary(
      ["doctor", "--json"],
      environment: ["MEDIARY_FFMPEG": folder("none"), "XDG_CACHE_HOME": folder("cache")])
    let checks = try #require(try doctor.jsonLines().first?["checks"] as? [[String: Any]])
    let passedOver = checks.first { $0["name"] as? String == "ffmpeg passed over" }
    #expect((passedOver?["found"] as? String)?.contains(folder("none")) == true)
    #expect((passedOver?["hint"] as? String)?.contains("MEDIARY_FFMPEG") == true)
  }

  @Test("the doctor names the ffmpeg that is used, and what it lacks")
  func doctor() throws {
    func checks(_ ffmpeg: String) throws -> [String: Bool] {
      let run = try CommandRun.mediary(
        ["doctor", "--json"],
        environment: ["MEDIARY_FFMPEG": ffmpeg, "XDG_CACHE_HOME": folder("cache")])
      let checks = try #require(try run.jsonLines().first?["checks"] as? [[String: Any]])
      let ours = checks.filter { $0["group"] as? String == "Encoding" }
      return Dictionary(
        ours.compactMap { check in
          (check["name"] as? String).flatMap { name in (check["ok"] as? Bool).map { (name, $0) } }
        }
      ) { $1 }
    }
    #expect(
      try checks("/usr/bin/ffmpeg") == [
        "ffmpeg": true, "SVT-AV1": false, "libvmaf": true, "xpsnr": true, "CRF in quarters": false,
      ])
  }
}
