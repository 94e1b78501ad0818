import Foundation
import Foundations
import Media
import TestSupport
import Testing

@Suite("Remuxing") struct RemuxTests {
  private static func bytes(_ path: FilePath) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: path.text)))
  }

  private static func streams(_ path: FilePath) throws -> [StreamDescription] {
    try Demuxer.open(.file(path)).streams
  }

  /// Takes a file over into another name beside it.
  private static func taken(
    _ source: FilePath, _ name: String, dropsOrientation: Bool = false
  ) throws -> FilePath {
    let target = source.sibling(name)
    try ClipRemux.copy(.file(source), to: .file(target), dropsOrientation: dropsOrientation)
    return target
  }

  @Test(
    "packets, times and pictures are the same after MP4, Matroska and back",
    arguments: ["mkv", "mov", "ts", "flv"])
  func packets(_ container: String) throws {
    let folder = try TemporaryFolder()
    let source = try ClipCommand.filmWithSound("source.mp4", in: folder)
    let there = try Self.taken(source, "there." + container)
    let back = try Self.taken(there, "back.mp4")
    let hash = try ClipCommand.decodedHash(source, stream: "v:0")
    #expect(try ClipCommand.decodedHash(there, stream: "v:0") == hash)
    #expect(try ClipCommand.decodedHash(back, stream: "v:0") == hash)
    // Only MP4 tells how much of the first AAC frame is to be thrown away, so packets are compared.
    func sound(_ path: FilePath) throws -> [Int] {
      try ClipContent.packets(.file(path)).filter { $0.stream == 1 }.map(\.sum)
    }
    #expect(try sound(back) == sound(source))
    func times(_ path: FilePath) throws -> [Double] {
      try ClipCommand.probe(path, ["-select_streams", "v", "-show_entries", "packet=pts_time"])
        .list("packets").compactMap { Double($0["pts_time"] ?? "") }
    }
    let (before, after) = (try times(source), try times(back))
    #expect(before.count == 50 && after.count == 50)
    // MPEG-TS begins late by custom, so only distances are compared.
    for index in before.indices {
      let difference = (after[index] - after[0]) - (before[index] - before[0])
      #expect(abs(difference) < 0.0011, "packet \(index)")
    }
  }

  @Test(
    "language, title, disposition, chapters and tags survive",
    arguments: [("mkv", "mp4"), ("mp4", "mkv")])
  func companions(_ first: String, _ second: String) throws {
    let folder = try TemporaryFolder()
    let chapters = """
      ;FFMETADATA1
      title=A film of two parts
      comment=Grüße
      [CHAPTER]
      TIMEBASE=1/1000
      START=0
      END=400
      title=First
      [CHAPTER]
      TIMEBASE=1/1000
      START=400
      END=1000
      title=Zweites, mit Ümlaut

      """
    try folder.write("in.chapters", chapters.utf8)
    let source = try ClipCommand.make(
      "source." + first, in: folder,
      ["-f", "lavfi", "-i", "testsrc2=s=64x48:d=1", "-f", "lavfi", "-i", "sine=d=1"]
        + ["-f", "lavfi", "-i", "sine=d=1", "-i", "in.chapters", "-map_metadata", "3"]
        + ["-map", "0", "-map", "1", "-map", "2", "-c:v", "libx264", "-c:a", "aac"]
        + ["-metadata:s:a:0", "language=jpn", "-metadata:s:a:1", "language=eng"]
        + ["-metadata:s:a:1", "title=Director's words", "-disposition:a:0", "default"]
        + ["-disposition:a:1", "comment"])
    for path in [
      try Self.taken(source, "there." + second), try Self.taken(source, "same." + first),
    ] {
      let report = try ClipCommand.probe(path)
      #expect(report.format.tag("title") == "A film of two parts")
      #expect(report.format.tag("comment") == "Grüße")
      #expect(report.streams[1].tag("language") == "jpn")
      #expect(report.streams[2].tag("language") == "eng")
      // libav 5.1 reads MP4's name of a track by the handler's name alone.
      let title =
        first == "mkv" ? path.fileExtension == "mkv" ? "title" : "handler_name" : "language"
      #expect(report.streams[2].tag(title) == (first == "mkv" ? "Director's words" : "eng"))
      #expect(report.streams[1].hasDisposition("default"))
      #expect(!report.streams[2].hasDisposition("default"))
      #expect(report.streams[2].hasDisposition("comment"))
      let told = report.list("chapters")
      #expect(told.map { $0.tag("title") } == ["First", "Zweites, mit Ümlaut"])
      #expect(told.compactMap { Double($0["start_time"] ?? "") } == [0, 0.4])
      #expect(told.compactMap { Double($0["end_time"] ?? "") } == [0.4, 1])
    }
  }

  @Test(
    "a rotation survives where it can be told, and is not lost in silence where it cannot",
    arguments: [90, 180, 270])
  func rotation(_ degrees: Int) throws {
    let folder = try TemporaryFolder()
    _ = try ClipCommand.film("upright.mp4", in: folder, frames: 5)
    let source = try ClipCommand.make(
      "source.mp4", in: folder,
      ["-i", "upright.mp4", "-c", "copy", "-metadata:s:v:0", "rotate=\(degrees)"])
    let before = try #require(try Self.streams(source).first?.video?.orientation)
    // Where ffmpeg 5.1 is told "rotate" it counts against the clock.
    #expect(before.rotation == 360 - degrees)
    for name in ["there.mov", "there.mp4"] {
      let path = try Self.taken(source, name)
      #expect(try Self.streams(path).first?.video?.orientation == before)
      let matrix = try ClipCommand.probe(path).streams[0].sideData("Display Matrix")
      let same = try ClipCommand.probe(source).streams[0].sideData("Display Matrix")
      #expect(matrix?["displaymatrix"] == same?["displaymatrix"])
    }
    #expect(
      refusal(.containerCannotHold, "rotation", hint: "mp4") {
        _ = try Self.taken(source, "there.mkv")
      })
    let dropped = try Self.taken(source, "dropped.mkv", dropsOrientation: true)
    #expect(try Self.streams(dropped).first?.video?.orientation == .upright)
  }

  @Test("a turn clockwise is one to ffmpeg too")
  func clockwise() throws {
    let folder = try TemporaryFolder()
    let path = FilePath(folder("clip.mp4"))
    var film = ClipFilm()
    film.form = PictureForm(width: 64, height: 48, format: .yuv444p, colour: .bt709)
    film.frames = 1
    var settings = StreamSettings()
    settings.orientation = Orientation(rotation: 90)
    try film.write(to: .file(path), stream: settings)
    let raw = try ClipCommand.decoded(path, in: folder, ["-f", "rawvideo"])
    let luma = ClipPattern.samples(try ClipPattern.picture(film.form))[0]
    #expect(raw.count == 64 * 48 * 3)
    // The first column, read from the bottom, is the first row of what is shown.
    for column in 0..<48 { #expect(Int(raw[column]) == luma[(47 - column) * 64]) }
  }

  @Test("every orientation can be written")
  func orientations() throws {
    for rotation in [0, 90, 180, 270] {
      for isMirrored in [false, true] {
        var settings = StreamSettings()
        settings.orientation = Orientation(rotation: rotation, isMirrored: isMirrored)
        let sink = MemoryByteSink(name: "clip.mp4")
        var film = ClipFilm()
        film.frames = 2
        try film.write(to: .bytes(sink), stream: settings)
        let demuxer = try Demuxer.open(.memory(sink.bytes, name: "clip.mp4"))
        #expect(demuxer.streams.first?.video?.orientation == settings.orientation)
      }
    }
  }

  @Test(
    "sample aspect and colour survive", arguments: [("mp4", "mkv"), ("mkv", "mp4"), ("mkv", "mov")])
  func aspectAndColour(_ first: String, _ second: String) throws {
    let folder = try TemporaryFolder()
    let source = try ClipCommand.film(
      "source." + first, in: folder, frames: 5,
      ["-c:v", "libx264", "-vf", "setsar=16/15", "-color_primaries", "bt470bg", "-color_trc"]
        + ["gamma28", "-colorspace", "bt470bg", "-color_range", "pc", "-pix_fmt", "yuv420p"])
    let path = try Self.taken(source, "there." + second)
    let (before, after) = (
      try #require(try Self.streams(source).first?.video),
      try #require(try Self.streams(path).first?.video)
    )
    #expect(after.sampleAspect == Rational(16, 15))
    #expect(after.colour == before.colour)
    #expect(after.colour.primariesName == "bt470bg")
    #expect(after.frameRate == before.frameRate)
    let told = try ClipCommand.probe(path).streams[0]
    #expect(told["sample_aspect_ratio"] == "16:15")
    #expect(told["color_range"] == "pc")
  }

  @Test(
    "HDR10's static data survive, in the container", arguments: [("mp4", "mkv"), ("mkv", "mp4")])
  func hdr(_ first: String, _ second: String) throws {
    let folder = try TemporaryFolder()
    // Ours tells the container too, where ffmpeg 5.1 leaves it to the stream.
    let source = FilePath(folder("source." + first))
    var settings = VideoEncoderSettings(
      codec: "libx265",
      form: PictureForm(width: 64, height: 64, format: .yuv420p10, colour: .bt2020PQ),
      timebase: Rational(1, 25), frameRate: Rational(25, 1))
    settings.masteringDisplay = .sample
    settings.lightLevel = ContentLightLevel(maximum: 1000, maximumFrameAverage: 400)
    var encoder = try VideoEncoder.open(settings)
    var muxer = try Muxer.make(.file(source))
    let stream = try muxer.addStream(encoder.parameters)
    try muxer.start()
    for index in 0..<3 {
      try encoder.encode(try ClipPattern.picture(settings.form, frame: index)) {
        try muxer.write($0, stream: stream)
      }
    }
    try encoder.finish { try muxer.write($0, stream: stream) }
    try muxer.finish()

    for path in [source, try Self.taken(source, "there." + second)] {
      let video = try #require(try Self.streams(path).first?.video)
      let display = try #require(video.masteringDisplay, "\(path)")
      #expect(abs((display.primaries?.red.x.double ?? 0) - 0.68) < 0.0001)
      #expect(abs((display.white?.x.double ?? 0) - 0.3127) < 0.0001)
      #expect(display.maximumLuminance?.double == 1000)
      #expect(abs((display.minimumLuminance?.double ?? 0) - 0.005) < 0.0001)
      #expect(video.lightLevel == settings.lightLevel)
      #expect(video.colour.isPQ)
      let told = try ClipCommand.probe(path).streams[0]
      #expect(told.sideData("Content light level metadata")?["max_content"] == "1000")
      #expect(told.sideData("Mastering display metadata") != nil)
    }
  }

  @Test("Dolby Vision's record survives", arguments: ["mp4", "mkv"])
  func dolbyVision(_ container: String) throws {
    let folder = try TemporaryFolder()
    let plain = try ClipCommand.film(
      "plain.mp4", in: folder, frames: 3,
      ["-c:v", "libx265", "-x265-params", "log-level=error", "-tag:v", "hvc1"])
    let bytes = try ClipDolbyVision.added(to: try Self.bytes(plain), entry: "hvc1")
    let source = FilePath(try folder.write("source.mp4", bytes))
    let before = try #require(try Self.streams(source).first?.video?.dolbyVision)
    #expect(before.profile == 8 && before.level == 3 && before.hasRPU && before.compatibility == 1)
    let path = try Self.taken(source, "there." + container)
    #expect(try Self.streams(path).first?.video?.dolbyVision == before)
    let told = try ClipCommand.probe(path).streams[0].sideData("DOVI configuration record")
    #expect(told?["dv_profile"] == "8")
    let back = try Self.taken(path, "back.mp4")
    #expect(try Self.streams(back).first?.video?.dolbyVision == before)
  }

  @Test("fonts are kept, and new ones can be put in")
  func attachments() throws {
    let folder = try TemporaryFolder()
    let font = (0..<3_000).map { UInt8(($0 * 7) & 0xFF) }
    try folder.write("in.ttf", font)
    let source = try ClipCommand.film(
      "source.mkv", in: folder, frames: 3,
      ["-c:v", "libx264", "-attach", "in.ttf", "-metadata:s:t", "mimetype=font/ttf"]
        + ["-metadata:s:t", "filename=Schrift.ttf"])
    let path = try Self.taken(source, "there.mkv")
    #expect(try Self.extracted(path, folder) == font)
    let told = try ClipCommand.probe(path).streams
    #expect(told.count == 2)
    #expect(told[1].tag("filename") == "Schrift.ttf")
    #expect(told[1].tag("mimetype") == "font/ttf")
    #expect(
      refusal(.containerCannotHold, "attachments", hint: "matroska") {
        _ = try Self.taken(source, "there.mp4")
      })

    let film = ClipFilm()
    var encoder = try VideoEncoder.open(film.settings)
    let made = FilePath(folder("made.mkv"))
    var muxer = try Muxer.make(.file(made))
    try muxer.addAttachment(Attachment(name: "own.ttf", mimeType: "font/ttf", bytes: font))
    let stream = try muxer.addStream(encoder.parameters)
    try muxer.start()
    try film.encode(&encoder) { try muxer.write($0, stream: stream) }
    try muxer.finish()
    #expect(try Self.extracted(made, folder) == font)
    #expect(try ClipContent.frames(.file(made)) == 25)
  }

  private static func extracted(_ path: FilePath, _ folder: TemporaryFolder) throws -> [UInt8] {
    let name = "out-\(path.name).ttf"
    // ffmpeg wants an output besides, and fails without one after the font is written.
    _ = try CommandRun(
      "ffmpeg", ["-v", "error", "-y", "-dump_attachment:t:0", name, "-i", path.text],
      folder: folder.path)
    return try bytes(FilePath(folder(name)))
  }

  @Test("a cover picture stays one, as a stream or as an attachment")
  func covers() throws {
    let folder = try TemporaryFolder()
    _ = try ClipCommand.make(
      "cover.jpg", in: folder, ["-f", "lavfi", "-i", "color=red:s=64x64", "-frames:v", "1"])
    let cover = try Self.bytes(FilePath(folder("cover.jpg")))
    let source = try ClipCommand.make(
      "source.m4a", in: folder,
      ["-f", "lavfi", "-i", "sine=d=1", "-i", "cover.jpg", "-map", "0", "-map", "1", "-c:a", "aac"]
        + ["-c:v", "copy", "-disposition:v:0", "attached_pic"])
    for name in ["there.mka", "there.m4a", "there.mp4"] {
      let path = try Self.taken(source, name)
      let back = name == "there.mka" ? try Self.taken(path, "back.m4a") : path
      for file in [path, back] {
        let stream = try #require(try Self.streams(file).first { $0.kind == .video })
        #expect(stream.disposition.contains(.attachedPicture), "\(file)")
        let isSame = stream.parameters.attachedPicture == cover
        #expect(isSame, "\(file)")
        #expect(!stream.isFilm)
      }
      #expect(try ClipCommand.probe(path).streams.contains { $0.hasDisposition("attached_pic") })
    }
  }

  @Test("subtitles go where they are understood")
  func subtitles() throws {
    let folder = try TemporaryFolder()
    try folder.write("in.srt", "1\n00:00:00,100 --> 00:00:00,800\nHäuser & <i>Wälder</i>\n\n".utf8)
    let source = try ClipCommand.make(
      "source.mkv", in: folder,
      ["-f", "lavfi", "-i", "testsrc2=s=64x48:d=1", "-i", "in.srt", "-map", "0", "-map", "1"]
        + ["-c:v", "libx264", "-c:s", "srt"]
        + ["-metadata:s:s:0", "language=ger", "-disposition:s:0", "forced"])
    let path = try Self.taken(source, "there.mkv")
    let stream = try #require(try Self.streams(path).first { $0.kind == .subtitle })
    #expect(stream.codec == "subrip")
    #expect(stream.language == "ger")
    #expect(stream.disposition.contains(.forced))
    let text = try ClipCommand.make("out.srt", in: folder, ["-i", path.text, "-map", "0:s"])
    #expect(
      String(decoding: try Self.bytes(text), as: UTF8.self).contains("Häuser & <i>Wälder</i>"))
    #expect(
      refusal(.containerCannotHold, "subrip", hint: "matroska") {
        _ = try Self.taken(source, "there.mp4")
      })
  }

  @Test("a stream in the place of another keeps its words and leaves its measures")
  func like() throws {
    let folder = try TemporaryFolder()
    let source = try ClipCommand.film(
      "source.mkv", in: folder, frames: 3,
      ["-c:v", "libx264", "-metadata:s:v", "title=The film", "-metadata:s:v", "language=fra"]
        + ["-metadata:s:v", "BPS=123", "-metadata:s:v", "NUMBER_OF_FRAMES-eng=99"]
        + ["-metadata:s:v", "_STATISTICS_TAGS=BPS", "-disposition:v", "default+original"])
    let stream = try #require(try Self.streams(source).first)
    let settings = StreamSettings(like: stream)
    #expect(settings.tags["title"] == "The film")
    #expect(settings.tags["language"] == "fra")
    #expect(settings.disposition == stream.disposition)
    for name in ["BPS", "NUMBER_OF_FRAMES-eng", "_STATISTICS_TAGS", "encoder", "DURATION"] {
      #expect(stream.tags[name] != nil && settings.tags[name] == nil, "\(name)")
    }
  }

  @Test("codec letters of one container are not taken to another")
  func codecTags() throws {
    let folder = try TemporaryFolder()
    let source = try ClipCommand.film(
      "source.avi", in: folder, frames: 5, ["-c:v", "mpeg4", "-vtag", "XVID"])
    let path = try Self.taken(source, "there.mp4")
    #expect(try Self.streams(path).first?.codecTag == "mp4v")
    let hevc = try ClipCommand.film(
      "hevc.mp4", in: folder, frames: 3,
      ["-c:v", "libx265", "-x265-params", "log-level=error", "-tag:v", "hvc1"])
    #expect(try Self.streams(try Self.taken(hevc, "kept.mp4")).first?.codecTag == "hvc1")
    var settings = StreamSettings()
    settings.codecTag = "avc3"
    let made = FilePath(folder("made.mp4"))
    try ClipFilm().write(to: .file(made), stream: settings)
    #expect(try Self.streams(made).first?.codecTag == "avc3")
  }

  @Test("a raised flag ends a copy soon", .timeLimit(.minutes(5)))
  func stopped() throws {
    let folder = try TemporaryFolder()
    let source = try ClipCommand.filmWithSound("source.mp4", in: folder)
    let flag = StopFlag()
    flag.stop(.deadline)
    #expect(
      refusal(.deadlinePassed, "there.ts") {
        try ClipRemux.copy(.file(source), to: .file(source.sibling("there.ts")), stop: flag)
      })
  }
}
