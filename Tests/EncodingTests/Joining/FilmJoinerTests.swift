import Encoding
import Foundations
import Media
import TestSupport
import Testing

@Suite("A film joined from its pieces")
struct FilmJoinerTests {
  @Test("keeps two sound tracks, three kinds of subtitles, fonts, chapters, texts and the cover")
  func keepsEverything() throws {
    let folder = try TemporaryFolder()
    let source = try RichClip.make(in: folder, seconds: 30)
    let fixture = try JoinFixture.make(source, in: folder, cuts: [100, 341])
    let joined = try fixture.join("out.mkv")
    var limits = OutputLimits()
    limits.maximumPercent = 100
    limits.quality = OutputLimits.Quality(metric: "vmaf", value: 93.2, target: 93)
    let checks = try fixture.check("out.mkv", of: joined, limits)
    #expect(checks.failures == [])
    #expect(checks.count == 27)
    try compare(ClipCommand.probe(source), ClipCommand.probe(fixture.path("out.mkv")))
  }

  /// Stream by stream, as ffprobe sees them.
  private func compare(_ source: ClipReport, _ output: ClipReport) throws {
    let (before, after) = (source.streams, output.streams)
    try #require(before.count == 9 && after.count == 9)
    let codecs = [
      "av1", "opus", "opus", "subrip", "ass", "hdmv_pgs_subtitle", "png", "ttf", "otf",
    ]
    #expect(Set(after.compactMap { $0["codec_name"] }) == Set(codecs))
    func pairs(_ type: String) -> [(ClipReport.Entry, ClipReport.Entry)] {
      Array(
        zip(
          before.filter { $0["codec_type"] == type }, after.filter { $0["codec_type"] == type }))
    }
    for (old, new) in pairs("audio") + pairs("subtitle") {
      #expect(new.tag("language") == old.tag("language"))
      #expect(new.tag("title") == old.tag("title"))
      for flag in ["default", "original", "comment", "forced", "hearing_impaired"] {
        #expect(new.hasDisposition(flag) == old.hasDisposition(flag))
      }
    }
    #expect(pairs("audio").map { $0.1["channel_layout"] } == ["5.1", "stereo"])
    #expect(pairs("attachment").map { $0.1.tag("filename") } == ["one.ttf", "two.otf"])
    #expect(
      pairs("attachment").allSatisfy {
        $0.0["extradata_size"] == $0.1["extradata_size"]
          && $0.0.tag("mimetype") == $0.1.tag("mimetype")
      })
    #expect(output.format.tag("title") == "A rich film")
    #expect(output.format.tag("artist") == "Nobody")
    #expect(output.list("chapters").map { $0.tag("title") } == ["The beginning", "The end"])
    #expect(
      output.list("chapters").map { $0["start_time"] }
        == source.list("chapters").map { $0["start_time"] })
  }

  @Test("has the same bytes each time")
  func isRepeatable() throws {
    let folder = try TemporaryFolder()
    let source = try RichClip.make(in: folder, seconds: 4)
    let fixture = try JoinFixture.make(source, in: folder, cuts: [40])
    _ = try fixture.join("one.mkv")
    _ = try fixture.join("two.mkv")
    #expect(try bytes(of: fixture.path("one.mkv")) == bytes(of: fixture.path("two.mkv")))
  }
}
