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
    let source = try RichClip.make(in: folder, seconds: 15)
    let fixture = try JoinFixture.make(source, in: folder, cuts: [100, 341])
    let joined = try fixture.join("out.mkv")
    var limits = OutputLimits()
    limits.maximumPercent = 100
    limits.quality = OutputLimits.Quality(metric: "vmaf", value: 93.2, target: 93)
    let checks = try fixture.check("out.mkv", of: joined, limits)
    #expect(checks.failures == [])
    #expect(checks.count == 27)
    try RichClip.compare(source, with: fixture.path("out.mkv"))
  }

  @Test(
    "may begin late, as one does whose packets tell only when they are decoded",
    arguments: ["out.mkv", "out.mp4"])
  func beginsLate(name: String) throws {
    let folder = try TemporaryFolder()
    let plain = try ClipCommand.film(
      "plain.mkv", in: folder, size: "96x64", frames: 12, ["-pix_fmt", "yuv420p"])
    let source = try ClipCommand.make(
      "late.mkv", in: folder, ["-itsoffset", "0.4", "-i", plain.text, "-c", "copy"])
    let fixture = try JoinFixture.make(source, in: folder)
    let joined = try fixture.join(name)
    #expect(try fixture.check(name, of: joined).failures == [])
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
