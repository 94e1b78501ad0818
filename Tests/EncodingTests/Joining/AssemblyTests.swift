import Encoding
import Foundations
import Media
import TestSupport
import Testing

@Suite("An output")
struct AssemblyTests {
  private func fixture() throws -> JoinFixture {
    let folder = try TemporaryFolder()
    let source = try ClipCommand.film("in.mkv", in: folder, size: "64x64", frames: 20)
    return try JoinFixture.make(source, in: folder, cuts: [8])
  }

  private func assembly(
    _ fixture: JoinFixture, _ name: String, replacing: Bool = false, pieces: [FilePath]? = nil
  ) throws -> Assembly {
    Assembly(
      fixture.film, try OutputPlan.make(for: fixture.film, in: .mkv), table: fixture.table,
      area: nil, pieces: pieces ?? fixture.pieces, output: fixture.path(name),
      replacing: replacing)
  }

  /// What lies in the fixture's folder.
  private func names(_ fixture: JoinFixture) throws -> Set<String> {
    Set(
      try CommandRun("ls", ["-A", fixture.folder.path]).stdout.split(separator: "\n").map(
        String.init))
  }

  @Test("gets its name when all its checks have passed")
  func isShown() throws {
    let fixture = try fixture()
    let before = try names(fixture)
    let outcome = try assembly(fixture, "out.mkv").run { _ in OutputLimits() }
    #expect(outcome.checks.failures == [])
    #expect(try names(fixture) == before.union(["out.mkv"]))
    #expect(try FileStatus.of(fixture.path("out.mkv")).size == outcome.sizeBytes)
  }

  @Test("that fails a check never gets its name, and leaves nothing behind")
  func isRefused() throws {
    let fixture = try fixture()
    let before = try names(fixture)
    var told: [String] = []
    #expect(
      refusal(.encodingCheckFailed, "quality is vmaf 80.00") {
        _ = try assembly(fixture, "out.mkv").run(
          limits: { _ in
            var limits = OutputLimits()
            limits.quality = OutputLimits.Quality(metric: "vmaf", value: 80, target: 93)
            return limits
          }, refused: { told = $0.failedNames })
      })
    #expect(told == ["quality"])
    #expect(try names(fixture) == before)
  }

  @Test("that stands already stays as it is, unless it is to be replaced; the source always does")
  func keepsOthers() throws {
    let fixture = try fixture()
    try fixture.folder.write("out.mkv", [1, 2, 3])
    #expect(
      refusal(.fileExists, "out.mkv", hint: "--overwrite") {
        _ = try assembly(fixture, "out.mkv").run { _ in OutputLimits() }
      })
    #expect(try bytes(of: fixture.path("out.mkv")) == [1, 2, 3])
    let outcome = try assembly(fixture, "out.mkv", replacing: true).run { _ in OutputLimits() }
    #expect(try bytes(of: fixture.path("out.mkv")).count == Int(outcome.sizeBytes))
    #expect(
      refusal(.encodingBadSetting, "the source itself") {
        _ = try assembly(fixture, "in.mkv", replacing: true).run { _ in OutputLimits() }
      })
  }

  @Test("is not made of pieces that do not belong together, or are too few")
  func refusesPieces() throws {
    let fixture = try fixture()
    let before = try names(fixture)
    #expect(
      refusal(.encodingPoison, "hold 8 frames where the film has 20") {
        _ = try assembly(fixture, "out.mkv", pieces: [fixture.pieces[0]]).run { _ in OutputLimits()
        }
      })
    let other = try JoinFixture.make(
      fixture.film.path, in: try TemporaryFolder(), ["-pix_fmt", "yuv420p"])
    #expect(
      refusal(.encodingPoison, "other settings") {
        _ = try assembly(fixture, "out.mkv", pieces: [fixture.pieces[0], other.pieces[0]])
          .run { _ in OutputLimits() }
      })
    #expect(try names(fixture) == before)
  }
}
