import Encoding
import Foundations
import Media
import TestSupport
import Testing

@Suite("The picture between the bars", .timeLimit(.minutes(5)))
struct CropTests {
  /// A film whose bars are known.
  struct Barred: Sendable, CustomTestStringConvertible {
    let name: String
    /// ffmpeg's filters after a picture of noise and movement of 320 by 240.
    let filters: String
    /// Top, bottom, left, right; nil for nothing to be cut.
    let bars: [Int]?
    let reason: String
    var options = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "20"]
    var frames = 50
    var testDescription: String { name }
  }

  private static let hdr = [
    "-c:v", "libx265", "-preset", "ultrafast", "-crf", "16", "-x265-params", "log-level=none",
    "-color_primaries",
    "bt2020", "-color_trc", "smpte2084", "-colorspace", "bt2020nc",
  ]

  static let films: [Barred] = [
    Barred(name: "no bars", filters: "null", bars: nil, reason: "none"),
    Barred(
      name: "letterbox", filters: "crop=320:180,pad=320:240:0:30", bars: [30, 30, 0, 0],
      reason: "bars"),
    Barred(
      name: "odd bars", filters: "crop=320:190,format=yuv444p,pad=320:240:0:25,format=yuv420p",
      bars: [25, 25, 0, 0], reason: "bars"),
    Barred(
      name: "one side", filters: "crop=320:200,pad=320:240:0:40", bars: [40, 0, 0, 0],
      reason: "bars"),
    Barred(
      name: "pillars", filters: "crop=240:240,pad=320:240:40:0", bars: [0, 0, 40, 40],
      reason: "bars"),
    Barred(
      name: "all four", filters: "crop=240:180,pad=320:240:40:30", bars: [30, 30, 40, 40],
      reason: "bars"),
    Barred(
      name: "noisy bars", filters: "crop=320:180,pad=320:240:0:30,noise=alls=9:allf=t",
      bars: [30, 30, 0, 0], reason: "bars", options: ["-c:v", "ffv1"]),
    Barred(
      name: "noisy bars, coded", filters: "crop=320:180,pad=320:240:0:30,noise=alls=9:allf=t",
      bars: [30, 30, 0, 0], reason: "bars"),
    Barred(
      name: "HDR", filters: "format=yuv420p10le,crop=320:180,pad=320:240:0:30",
      bars: [30, 30, 0, 0], reason: "bars", options: hdr),
    Barred(
      name: "HDR, noisy black",
      filters: "format=yuv420p10le,crop=320:180,pad=320:240:0:30,noise=alls=6:allf=t",
      bars: [30, 30, 0, 0], reason: "bars", options: ["-c:v", "ffv1"] + Array(hdr.suffix(6))),
    Barred(
      name: "a flash over the bars",
      filters: "crop=320:180,pad=320:240:0:30,drawbox=c=white:t=fill:enable='eq(n,25)'",
      bars: [30, 30, 0, 0], reason: "bars"),
    Barred(
      name: "a logo in a bar",
      filters: "crop=320:180,pad=320:240:0:30,drawbox=x=280:y=10:w=24:h=10:c=white:t=fill",
      bars: [10, 30, 0, 0], reason: "bars"),
    Barred(
      name: "a line of text in a bar for a while",
      filters: "crop=320:180,pad=320:240:0:30"
        + ",drawbox=x=100:y=218:w=120:h=8:c=white:t=fill:enable='between(n,20,30)'",
      bars: [30, 14, 0, 0], reason: "bars"),
    Barred(
      name: "mixed aspect ratios",
      filters: "drawbox=y=0:h=30:c=black:t=fill:enable='lt(n,25)'"
        + ",drawbox=y=210:h=30:c=black:t=fill:enable='lt(n,25)'", bars: nil,
      reason: "mixed aspect ratios"),
    Barred(
      name: "nearly black", filters: "eq=brightness=-0.9:contrast=0.2", bars: nil,
      reason: "too dark to tell"),
    Barred(
      name: "a thing in the dark",
      filters: "drawbox=c=black:t=fill,drawbox=x=140:y=100:w=40:h=40:c=white:t=fill", bars: nil,
      reason: "too dark to tell"),
    Barred(
      name: "bars only before the film",
      filters: "drawbox=y=0:h=30:c=black:t=fill:enable='lt(n,5)'"
        + ",drawbox=y=210:h=30:c=black:t=fill:enable='lt(n,5)'", bars: nil, reason: "none"),
  ]

  @Test("no pixel of it is lost, and little of the bars is left", arguments: films)
  func crop(film barred: Barred) throws {
    let folder = try TemporaryFolder()
    let path = try ClipCommand.make(
      "in.mkv", in: folder,
      ["-f", "lavfi", "-i", "testsrc2=s=320x240:r=25,noise=alls=4:allf=t", "-vf", barred.filters]
        + ["-frames:v", "\(barred.frames)"] + barred.options)
    let analysis = try FilmAnalyser(threads: 2).analyse(try Film.open(path))
    #expect(analysis.crop.reason == barred.reason)
    guard let bars = barred.bars, let area = analysis.crop.area else {
      #expect((barred.bars == nil) == (analysis.crop.area == nil))
      return
    }
    let cut = [area.y, 240 - area.y - area.height, area.x, 320 - area.x - area.width]
    for (cut, bar) in zip(cut, bars) {
      #expect(cut <= bar, "picture is lost: \(cut), of \(bars)")
      #expect(cut >= bar - 2, "bars are left: \(cut), of \(bars)")
    }
    for number in [area.x, area.y, area.width, area.height] { #expect(number % 2 == 0) }
  }
}
