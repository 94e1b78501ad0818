import Encoding
import FFmpegTool
import Foundations
import Media
import TestSupport
import Testing

@Suite("The form of frames", .timeLimit(.minutes(5)))
struct FrameShapeTests {
  @Test(
    "cut and converted they are what ffmpeg makes of them",
    arguments: [
      ("yuv420p", "ffv1"), ("yuv422p", "ffv1"), ("yuv444p", "ffv1"), ("yuv420p10le", "ffv1"),
      ("yuv422p10le", "ffv1"), ("yuv444p12le", "ffv1"),
    ])
  func cutting(format: String, codec: String) throws {
    let folder = try TemporaryFolder()
    let path = try ClipCommand.make(
      "in.mkv", in: folder,
      ["-f", "lavfi", "-i", "testsrc2=s=96x64:r=25", "-frames:v", "5", "-pix_fmt", format]
        + ["-c:v", codec, "-g", "1", "-color_range", "tv"])
    let film = try Film.open(path)
    let analysis = try FilmAnalyser(threads: 1).analyse(film)
    let area = PictureArea(x: 4, y: 8, width: 80, height: 48)
    let frames = FilmFrames(
      film, analysis,
      as: FrameForm(area: area, format: try #require(PixelFormat(named: "yuv420p10le"))))
    var all: [UInt8] = []
    var bytes: [UInt8] = []
    try frames.read(0..<5) { _, frame in
      #expect(frame.width == 80 && frame.height == 48 && frame.format.name == "yuv420p10le")
      frame.packed(into: &bytes)
      #expect(bytes.count == frame.packedSize)
      all += bytes
    }
    #expect(all.count == 5 * 80 * 48 * 3)
    let theirs = try ClipCommand.decoded(
      path, in: folder,
      // Chroma sits on the left where nothing is said; ffmpeg would take it for the middle.
      [
        "-vf",
        "crop=80:48:4:8,scale=out_h_chr_pos=0:out_v_chr_pos=128"
          + (format.contains("422") ? ":in_h_chr_pos=0" : ""),
      ]
        + ["-pix_fmt", "yuv420p10le"]
        + ["-sws_flags", "bicubic+accurate_rnd+full_chroma_int+full_chroma_inp+bitexact"]
        + ["-f", "rawvideo"])
    #expect(theirs.count == all.count)
    #expect(Self.mostApart(all, theirs) <= 4)
    let pictures = frames.pictures
    #expect(pictures.width == 80 && pictures.height == 48)
    #expect(pictures.pixelFormat == "yuv420p10le" && pictures.rate == (25, 1))
    #expect(pictures.colour.contains(.init("color_range", "tv")))
  }

  /// How far the 10-bit samples of two pictures are apart at most.
  private static func mostApart(_ ours: [UInt8], _ theirs: [UInt8]) -> Int {
    func sample(_ bytes: [UInt8], _ index: Int) -> Int {
      Int(bytes[2 * index]) | Int(bytes[2 * index + 1]) << 8
    }
    return (0..<min(ours.count, theirs.count) / 2).map {
      abs(sample(ours, $0) - sample(theirs, $0))
    }.max() ?? 0
  }

  @Test("an odd size is packed without gaps")
  func odd() throws {
    var frame = try VideoFrame.make(width: 35, height: 7, format: .yuv420p, colour: .bt709)
    for (plane, size) in [(0, (35, 7)), (1, (18, 4)), (2, (18, 4))] {
      var rows = frame.mutablePlane(plane, as: UInt8.self)
      for row in 0..<size.1 {
        rows.withRow(row) { span in
          for column in 0..<size.0 { span[column] = UInt8(plane * 80 + row * 8 + column % 8) }
        }
      }
    }
    var bytes: [UInt8] = [9]
    frame.packed(into: &bytes)
    #expect(bytes.count == 35 * 7 + 2 * 18 * 4)
    #expect(bytes[35] == 8 && bytes[35 * 7] == 80 && bytes[35 * 7 + 18 * 4 + 18] == 168)
  }

  @Test("what the container cannot say of how a film is turned is done to the pixels")
  func turning() throws {
    let folder = try TemporaryFolder()
    try _ = ClipCommand.film("plain.mp4", in: folder, frames: 3, ["-c:v", "libx264", "-qp", "0"])
    let path = try ClipCommand.make(
      "turned.mp4", in: folder, ["-i", "plain.mp4", "-c", "copy", "-metadata:s:v", "rotate=90"])
    let film = try Film.open(path)
    let turn = try #require(film.video.video?.orientation)
    #expect(turn.swapsSides)
    let analysis = try FilmAnalyser(threads: 1).analyse(film)
    let format = try #require(film.video.video?.pixelFormat)
    let kept = FrameForm(
      of: film, area: nil, format: format, in: try #require(Container(named: "mp4")))
    #expect(kept.size(of: film) == (64, 48))
    let turned = FrameForm(
      of: film, area: nil, format: format, in: try #require(Container(named: "matroska")))
    #expect(turned.size(of: film) == (48, 64))
    var ours: [UInt8] = []
    try FilmFrames(film, analysis, as: turned).read(1..<2) { _, frame in
      #expect(frame.width == 48 && frame.height == 64)
      frame.packed(into: &ours)
    }
    // ffmpeg turns it by itself.
    let theirs = try ClipCommand.decoded(path, in: folder, ["-frames:v", "2", "-f", "rawvideo"])
    #expect(ours == Array(theirs.suffix(ours.count)))
  }

  @Test("whole pictures made of fields are what ffmpeg makes of them, from wherever one reads")
  func deinterlacing() throws {
    let folder = try TemporaryFolder()
    let path = try ClipCommand.make(
      "fields.mkv", in: folder,
      ["-f", "lavfi", "-i", "testsrc2=s=96x64:r=50", "-vf", "tinterlace=interleave_top"]
        + ["-frames:v", "40", "-c:v", "libx264", "-g", "10", "-flags", "+ildct+ilme"]
        + ["-x264-params", "tff=1"])
    let film = try Film.open(path)
    let analysis = try FilmAnalyser(threads: 1).analyse(film)
    #expect(analysis.interlacedShare == 1)
    let form = FrameForm(
      area: nil, format: try #require(film.video.video?.pixelFormat), deinterlaces: true)
    let frames = FilmFrames(film, analysis, as: form)
    func read(_ range: Range<Int>, every step: Int = 1) throws -> [(number: Int, bytes: [UInt8])] {
      var all: [(number: Int, bytes: [UInt8])] = []
      try frames.read(range, every: step) { number, frame in
        var bytes: [UInt8] = []
        frame.packed(into: &bytes)
        all.append((number, bytes))
      }
      return all
    }
    let straight = try read(0..<40)
    #expect(straight.map(\.number) == Array(0..<40))
    let theirs = try ClipCommand.decoded(
      path, in: folder, ["-vf", "bwdif=mode=send_frame", "-f", "rawvideo"])
    #expect(straight.flatMap(\.bytes) == theirs)
    for (range, step) in [(0..<1, 1), (9..<12, 1), (10..<11, 1), (25..<40, 3), (39..<40, 1)] {
      let part = try read(range, every: step)
      #expect(
        part.map(\.number) == Array(stride(from: range.lowerBound, to: range.upperBound, by: step)))
      #expect(part.allSatisfy { $0.bytes == straight[$0.number].bytes })
    }
  }

  @Test("a file that was changed meanwhile is told, and no wrong frame is handed out")
  func changed() throws {
    let folder = try TemporaryFolder()
    let path = try ClipCommand.film("a.mkv", in: folder, frames: 20, ["-c:v", "ffv1"])
    let film = try Film.open(path)
    let analysis = try FilmAnalyser(threads: 1).analyse(film)
    _ = try ClipCommand.make(
      "a.mkv", in: folder,
      ["-f", "lavfi", "-i", "testsrc2=s=64x48:r=25,negate=enable='gte(n,10)'", "-frames:v", "20"]
        + ["-c:v", "ffv1"])
    let form = FrameForm(area: nil, format: try #require(film.video.video?.pixelFormat))
    var handed: [Int] = []
    do {
      try FilmFrames(film, analysis, as: form).read(5..<15) { number, _ in handed.append(number) }
      Issue.record("nobody noticed")
    } catch let failure as EncodingFailure {
      #expect(failure.code == .encodingFilmChanged)
    }
    #expect(handed == Array(5..<10))
  }

  @Test("a film whose pictures change their size is refused where they do")
  func changing() throws {
    let folder = try TemporaryFolder()
    for (name, size) in [("a.ts", "64x48"), ("b.ts", "80x48")] {
      _ = try ClipCommand.film(name, in: folder, size: size, frames: 12, ["-c:v", "mpeg2video"])
    }
    let path = try ClipCommand.make(
      "both.ts", in: folder, ["-i", "concat:a.ts|b.ts", "-c", "copy"])
    let film = try Film.open(path)
    let analysis = try FilmAnalyser(threads: 1).analyse(film)
    // The decoder lets go of a frame where the size changes.
    #expect(analysis.table.count >= 22)
    let form = FrameForm(area: nil, format: try #require(film.video.video?.pixelFormat))
    #expect {
      try FilmFrames(film, analysis, as: form).read(0..<analysis.table.count) { _, _ in }
    } throws: {
      ($0 as? EncodingFailure)?.code == .encodingPictureChanges
    }
  }

  @Test("a damaged film is read as far as it goes, everywhere")
  func damaged() throws {
    let folder = try TemporaryFolder()
    let whole = try ClipCommand.film(
      "a.mp4", in: folder, size: "128x96", frames: 80,
      ["-c:v", "libx264", "-preset", "veryfast", "-g", "10", "-bf", "2"]
        + ["-movflags", "+faststart"])
    var bytes = try SmallFile.read(whole, limit: 1 << 24)
    for index in stride(from: bytes.count / 2, to: bytes.count / 2 + 3_000, by: 7) {
      bytes[index] ^= 0x5A
    }
    let path = FilePath(try folder.write("damaged.mp4", bytes))
    let film = try Film.open(path)
    let analysis = try FilmAnalyser(threads: 2).analyse(film)
    #expect(analysis.gaps > 0 || !analysis.damagedFrames.isEmpty)
    let form = FrameForm(area: nil, format: try #require(film.video.video?.pixelFormat))
    let frames = FilmFrames(film, analysis, as: form)
    for start in stride(from: 0, to: analysis.table.count, by: 9) {
      let range = start..<min(start + 9, analysis.table.count)
      var numbers: [Int] = []
      try frames.read(range) { number, _ in numbers.append(number) }
      #expect(numbers == Array(range))
    }
  }

  @Test("a picture, a sound and a text are no film")
  func noFilm() throws {
    let folder = try TemporaryFolder()
    let picture = try ClipCommand.film("a.png", in: folder, frames: 1)
    let sound = try ClipCommand.make(
      "a.wav", in: folder, ["-f", "lavfi", "-i", "sine=440", "-t", "0.1"])
    for path in [picture, sound] {
      #expect { try Film.open(path) } throws: { ($0 as? EncodingFailure)?.code == .encodingNoFilm }
    }
  }
}
