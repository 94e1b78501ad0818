import Foundation
import Foundations
import TestSupport
import Testing

@Suite("mediary search", .timeLimit(.minutes(5)))
struct SearchCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func film() throws -> String {
    try ClipCommand.film(
      "film.mkv", in: folder, size: "160x96", frames: 90,
      ["-vf", "noise=alls=8,format=yuv420p", "-c:v", "libx264", "-preset", "veryfast", "-qp", "4"]
    ).text
  }

  private func mediary(_ arguments: [String]) throws -> CommandRun {
    try CommandRun.mediary(
      arguments,
      environment: ["XDG_CACHE_HOME": folder("cache"), "MEDIARY_HOME": folder("none")])
  }

  @Test("gives the CRF that an encode then needs, and measures nothing twice")
  func found() throws {
    let film = try film()
    let options = ["--target-vmaf", "85", "--preset", "12", "--json"]
    let run = try mediary(["search", film] + options)
    #expect(run.status == 0, "\(run.stderr)")
    let answer = try #require(try run.jsonLines().first)
    let crf = try #require(answer["crf"] as? Double)
    let predicted = try #require(answer["predicted_vmaf"] as? Double)
    #expect(abs(predicted - 85) <= 1.5 && answer["reachable"] as? Bool == true)
    let probes = try #require(answer["probes"] as? [[String: Any]])
    #expect(probes.contains { $0["crf"] as? Double == crf && $0["vmaf"] as? Double == predicted })
    #expect(probes.allSatisfy { $0["reused"] as? Bool == false })
    let size = try #require(answer["predicted_size_bytes"] as? Int)

    let again = try #require(try mediary(["search", film] + options).jsonLines().first)
    let found = try #require(again["probes"] as? [[String: Any]])
    #expect(found.count == probes.count && found.allSatisfy { $0["reused"] as? Bool == true })
    #expect(again["crf"] as? Double == crf)

    let fixed = try mediary(
      ["encode", film, folder("fixed.mkv"), "--crf", "\(crf)", "--preset", "12", "--json"])
    let report = try #require(try fixed.jsonLines().last?["report"] as? [String: Any])
    let pictures = try #require(report["segments"] as? [[String: Any]])
      .compactMap { $0["size_bytes"] as? Int }.reduce(0, +)
    // The film is one segment, and so the sample is the film.
    #expect(size == pictures)
    let vmaf = try #require(
      try mediary(["vmaf", "--json", film, folder("fixed.mkv")]).jsonLines().first?["vmaf"]
        as? [String: Double])
    #expect(try abs(#require(vmaf["mean"]) - predicted) < 0.01)
  }

  @Test("a target that nothing reaches gives the nearest, and says so")
  func unreachable() throws {
    let run = try mediary(
      ["search", try film(), "--target-vmaf", "99.9", "--preset", "12", "--crop", "none"])
    #expect(run.status == 0, "\(run.stderr)")
    #expect(run.stdout.contains("mediary encode") && run.stdout.contains("--crop none"))
    #expect(run.stderr.contains("not to be had"), "\(run.stderr)")
  }

  @Test("what cannot be searched is refused by name")
  func refused() throws {
    let film = try film()
    let unknown = try mediary(["search", film, "--svt", "nonsense=1"])
    #expect(unknown.status == 64 && unknown.stderr.contains("nonsense"), "\(unknown.stderr)")
    #expect(try mediary(["search", film, "--samples", "0"]).status == 64)
    #expect(try mediary(["search", folder("none.mkv")]).status == 66)
    try folder.write("film.txt", "no film".utf8)
    #expect(try mediary(["search", folder("film.txt")]).status == 65)
  }
}
