import Encoding
import Foundations
import Media
import TestSupport
import Testing

/// What a frame is, for comparing.
struct ReadFrame: Equatable {
  let number: Int
  let digest: FrameDigest
}

@Suite("Frames by their numbers", .timeLimit(.minutes(5)))
struct FilmFramesTests {
  /// Films that are hard to jump about in, by name, ffmpeg's options after the input, and the input.
  struct Clip: Sendable, CustomTestStringConvertible {
    let name: String
    let options: [String]
    var input = "testsrc2=s=96x64:r=25"
    var testDescription: String { name }
  }

  static let clips: [Clip] = [
    Clip(name: "plain.mp4", options: x264("keyint=12:bframes=3")),
    Clip(name: "open.mp4", options: x264("keyint=12:bframes=3:open-gop=1:b-adapt=0")),
    Clip(name: "open.mkv", options: x264("keyint=12:bframes=3:open-gop=1:b-adapt=0")),
    Clip(name: "open.ts", options: x264("keyint=12:bframes=3:open-gop=1:b-adapt=0")),
    Clip(name: "refresh.mkv", options: x264("keyint=20:intra-refresh=1:bframes=0")),
    Clip(
      name: "hevc.mp4",
      options: ["-c:v", "libx265", "-preset", "ultrafast"]
        + ["-x265-params", "keyint=12:bframes=3:open-gop=1:log-level=none"]),
    Clip(
      name: "hevc.ts",
      options: ["-c:v", "libx265", "-preset", "ultrafast"]
        + ["-x265-params", "keyint=12:bframes=3:open-gop=1:log-level=none"]),
    Clip(
      name: "fields.ts",
      options: ["-c:v", "mpeg2video", "-flags", "+ildct+ilme", "-g", "9", "-bf", "2"]
        + ["-qscale:v", "3"]),
    Clip(
      name: "fields.mpg", options: ["-c:v", "mpeg2video", "-g", "9", "-bf", "2", "-qscale:v", "3"]),
    Clip(
      name: "vp9.webm",
      options: ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-g", "15"]
        + ["-auto-alt-ref", "1", "-lag-in-frames", "10", "-row-mt", "0"]),
    Clip(name: "ffv1.mkv", options: ["-c:v", "ffv1", "-g", "1"]),
    Clip(name: "xvid.avi", options: ["-c:v", "mpeg4", "-bf", "2", "-g", "10", "-q:v", "3"]),
    Clip(
      name: "varying.mkv",
      options: x264("keyint=12:bframes=3") + ["-vsync", "vfr"],
      input: "testsrc2=s=96x64:r=50,select='not(mod(n,3))+not(mod(n,7))'"),
    Clip(
      name: "late.mp4",
      options: x264("keyint=12:bframes=3:open-gop=1") + ["-output_ts_offset", "3"]),
  ]

  private static func x264(_ parameters: String) -> [String] {
    ["-c:v", "libx264", "-preset", "veryfast", "-x264-params", parameters]
  }

  /// The digests of a straight decode.
  static func straight(_ film: Film, _ analysis: FilmAnalysis) throws -> [ReadFrame] {
    var frames: [ReadFrame] = []
    let form = FrameForm(area: nil, format: try #require(film.video.video?.pixelFormat))
    try FilmFrames(film, analysis, as: form).read(0..<analysis.table.count) { number, frame in
      frames.append(ReadFrame(number: number, digest: FrameDigest(of: frame)))
    }
    return frames
  }

  @Test("any range is what a straight decode has there", arguments: clips)
  func ranges(clip: Clip) throws {
    let folder = try TemporaryFolder()
    let path = try ClipCommand.make(
      clip.name, in: folder, ["-f", "lavfi", "-i", clip.input, "-frames:v", "70"] + clip.options)
    let film = try Film.open(path)
    let analysis = try FilmAnalyser(threads: 1).analyse(film)
    let counted = try ClipCommand.probe(path, ["-show_frames", "-select_streams", "v"])
    #expect(analysis.table.count == counted.list("frames").count)
    // A program stream and an AVI leave the last frame without a time.
    #expect(analysis.mendedTimes <= (["fields.mpg", "xvid.avi"].contains(clip.name) ? 1 : 0))
    #expect(analysis.gaps == 0)
    for (sooner, later) in zip(analysis.table.ticks, analysis.table.ticks.dropFirst()) {
      #expect(sooner < later)
    }
    let straight = try Self.straight(film, analysis)
    #expect(straight.map(\.digest) == analysis.digests)
    let form = FrameForm(area: nil, format: try #require(film.video.video?.pixelFormat))
    let frames = FilmFrames(film, analysis, as: form)
    var random = Seeded()
    for _ in 0..<12 {
      let start = Int.random(in: 0..<straight.count, using: &random)
      let end = Int.random(in: start...straight.count, using: &random)
      let step = Int.random(in: 1...3, using: &random)
      var read: [ReadFrame] = []
      try frames.read(start..<end, every: step) { number, frame in
        read.append(ReadFrame(number: number, digest: FrameDigest(of: frame)))
      }
      let expected = stride(from: start, to: end, by: step).map { straight[$0] }
      #expect(read == expected, "\(start)..<\(end) by \(step), seed \(random.seed)")
    }
  }

  @Test("most containers can be entered at every key frame")
  func entries() throws {
    for name in ["plain.mp4", "open.mkv", "open.ts", "hevc.mp4", "fields.ts", "vp9.webm"] {
      let clip = try #require(Self.clips.first { $0.name == name })
      let folder = try TemporaryFolder()
      let path = try ClipCommand.make(
        clip.name, in: folder, ["-f", "lavfi", "-i", clip.input, "-frames:v", "70"] + clip.options)
      let film = try Film.open(path)
      let table = try FilmAnalyser(threads: 1).analyse(film).table
      #expect(table.entries.count >= 4, "\(name)")
      #expect(table.entries.first?.frame == 0)
    }
  }
}
