import FFmpegTool
import Foundations
import TestSupport
import Testing

@Suite("A comparison of two films in files")
struct FilmComparisonTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func film(_ name: String, _ options: [String]) throws -> FilePath {
    let path = folder(name)
    let run = try CommandRun(
      "ffmpeg",
      ["-v", "error", "-y", "-f", "lavfi", "-i", "testsrc2=s=128x96:r=10:d=1"] + options + [path])
    try #require(run.status == 0, "\(run.stderr)")
    return FilePath(path)
  }

  private func compare(
    _ reference: FilePath, _ distorted: FilePath, height: Int = 96, crop: String? = nil
  ) throws -> [Double] {
    let pictures = RawPictures(
      width: 128, height: height, pixelFormat: "yuv420p", rate: (24, 1))
    return try FilmComparison(
      reference: FilmComparison.Side(reference, stream: 0),
      distorted: FilmComparison.Side(distorted), pictures: pictures, crop: crop
    ).measure(
      by: .xpsnr, with: RealProgram.pinned(),
      scratch: ScratchFolders(root: FilePath(folder("scratch"))),
      processes: RealProgram.processes.get(), stop: StopFlag()
    ).scores
  }

  @Test("finds a film equal to itself")
  func same() throws {
    let film = try film("a.mkv", ["-c:v", "ffv1"])
    #expect(try compare(film, film) == Array(repeating: QualityMetric.bestXPSNR, count: 10))
  }

  @Test("compares frames by their number, whatever their times are")
  func varyingRate() throws {
    let constant = try film("a.mkv", ["-c:v", "ffv1"])
    let varying = try film(
      "b.mkv", ["-vf", "setpts=(N+gte(N\\,4)*N*3)/10/TB+7", "-fps_mode", "vfr", "-c:v", "ffv1"])
    #expect(try compare(constant, varying).allSatisfy { $0 == QualityMetric.bestXPSNR })
  }

  @Test("takes a part of the reference")
  func crop() throws {
    let whole = try film("a.mkv", ["-c:v", "ffv1"])
    let part = try film("b.mkv", ["-vf", "crop=128:64:0:16", "-c:v", "ffv1"])
    #expect(
      try compare(whole, part, height: 64, crop: "128:64:0:16").allSatisfy {
        $0 == QualityMetric.bestXPSNR
      })
  }

  @Test("refuses films of another number of frames, whichever is longer")
  func counts() throws {
    let long = try film("a.mkv", ["-c:v", "ffv1"])
    let short = try film("b.mkv", ["-frames:v", "9", "-c:v", "ffv1"])
    for (reference, distorted) in [(long, short), (short, long)] {
      let failure = #expect(throws: FFmpegToolFailure.self) { try compare(reference, distorted) }
      #expect(failure?.code == .toolUnequal, "\(failure?.message ?? "")")
    }
  }
}

@Suite("The summary of scores")
struct QualitySummaryTests {
  @Test("has mean, worst, and what one in twenty does not reach")
  func summary() throws {
    let summary = try #require(QualitySummary((0...100).map(Double.init).shuffled()))
    #expect(summary.mean == 50)
    #expect(summary.least == 0)
    #expect(summary.p5 == 5)
    #expect(QualitySummary([7])?.p5 == 7)
    #expect(QualitySummary([]) == nil)
  }
}
