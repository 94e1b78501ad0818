import Foundations
import Media
import TestSupport
import Testing

@Suite("Video encoding") struct VideoEncoderTests {
  private static func settings(
    _ codec: String = "libx264",
    _ options: [(key: String, value: String)] = [("preset", "ultrafast")]
  ) -> VideoEncoderSettings {
    VideoEncoderSettings(
      codec: codec,
      form: PictureForm(width: 64, height: 64, format: .yuv420p, colour: .bt709),
      timebase: Rational(1, 25), frameRate: Rational(25, 1), options: options)
  }

  @Test(
    "every usual codec makes a film that ffmpeg decodes frame by frame",
    arguments: [
      ("libx264", "yuv420p", "mp4"), ("libx265", "yuv420p10le", "mp4"),
      ("libsvtav1", "yuv420p10le", "mp4"), ("libaom-av1", "yuv420p", "mkv"),
      ("libvpx-vp9", "yuv420p", "webm"), ("prores_ks", "yuv422p10le", "mov"),
      ("mjpeg", "yuvj420p", "avi"), ("mpeg4", "yuv420p", "mp4"), ("mpeg2video", "yuv420p", "ts"),
      ("libwebp_anim", "yuv420p", "webp"), ("gif", "rgb8", "gif"),
    ])
  func usual(_ codec: String, _ format: String, _ container: String) throws {
    let folder = try TemporaryFolder()
    var film = ClipFilm()
    film.codec = codec
    film.form.width = 64
    film.form.height = 64
    film.form.format = try #require(PixelFormat(named: format))
    film.form.colour = film.form.format.isRGB ? .rgb : .unspecified
    film.frames = 12
    film.options = ["libvpx-vp9", "libaom-av1"].contains(codec) ? [("cpu-used", "8")] : []
    let path = FilePath(folder("clip." + container))
    try film.write(to: .file(path))
    // What ffmpeg 5.1 cannot read of animated WebP is read by its length alone.
    guard container != "webp" else {
      #expect(try #require(FileStatus.ifPresent(path)).size > 1000)
      return
    }
    let report = try ClipCommand.probe(path, ["-count_frames", "-show_streams"])
    let stream = try #require(report.streams.first)
    #expect(stream["nb_read_frames"] == "12")
    #expect(stream["width"] == "64" && stream["height"] == "64")
    #expect(try ClipContent.frames(.file(path)) == 12)
  }

  @Test("colour, aspect and rate are told to decoder and container", arguments: ["mp4", "mkv"])
  func told(_ container: String) throws {
    let folder = try TemporaryFolder()
    let path = FilePath(folder("clip." + container))
    var settings = Self.settings()
    settings.form.colour = Colour.bt601.inFullRange
    settings.sampleAspect = Rational(16, 15)
    settings.frameRate = Rational(30_000, 1001)
    settings.timebase = Rational(1001, 30_000)
    var encoder = try VideoEncoder.open(settings)
    var muxer = try Muxer.make(.file(path))
    let stream = try muxer.addStream(encoder.parameters)
    try muxer.start()
    for index in 0..<10 {
      try encoder.encode(try ClipPattern.picture(settings.form, frame: index)) {
        try muxer.write($0, stream: stream)
      }
    }
    try encoder.finish { try muxer.write($0, stream: stream) }
    try muxer.finish()

    let told = try #require(try ClipCommand.probe(path).streams.first)
    #expect(told["color_space"] == "smpte170m")
    #expect(told["color_primaries"] == "smpte170m")
    #expect(told["color_transfer"] == "smpte170m")
    #expect(told["color_range"] == "pc")
    #expect(told["sample_aspect_ratio"] == "16:15")
    #expect(told["r_frame_rate"] == "30000/1001")
    try ClipContent.frames(.file(path)) { frame in
      #expect(frame.colour.rangeName == "pc")
      #expect(frame.colour.matrixName == "smpte170m")
      #expect(frame.sampleAspect == Rational(16, 15))
    }
  }

  @Test(
    "the mastering display and light levels are in the stream itself",
    arguments: ["libx265", "libsvtav1"])
  func staticHDR(_ codec: String) throws {
    let folder = try TemporaryFolder()
    var settings = Self.settings(codec, [])
    settings.form.format = .yuv420p10
    settings.form.colour = .bt2020PQ
    settings.masteringDisplay = .sample
    settings.lightLevel = ContentLightLevel(maximum: 1000, maximumFrameAverage: 400)
    var encoder = try VideoEncoder.open(settings)
    // MPEG-TS has no field for it, nor has AVI: what comes out was in the stream.
    let bare = FilePath(folder(codec == "libsvtav1" ? "clip.ivf" : "clip.ts"))
    var muxer = try Muxer.make(.file(bare))
    let stream = try muxer.addStream(encoder.parameters)
    try muxer.start()
    for index in 0..<3 {
      try encoder.encode(try ClipPattern.picture(settings.form, frame: index)) {
        try muxer.write($0, stream: stream)
      }
    }
    try encoder.finish { try muxer.write($0, stream: stream) }
    try muxer.finish()
    var count = 0
    try ClipContent.frames(.file(bare)) { frame in
      defer { count += 1 }
      guard count == 0 else { return }
      let display = frame.masteringDisplay
      // AV1 tells it in 65,536ths.
      #expect(abs((display?.primaries?.green.x.double ?? 0) - 0.265) < 0.0001)
      #expect(abs((display?.white?.y.double ?? 0) - 0.329) < 0.0001)
      #expect(display?.maximumLuminance?.double == 1000)
      #expect(abs((display?.minimumLuminance?.double ?? 0) - 0.005) < 0.0001)
      #expect(frame.lightLevel == settings.lightLevel)
    }
    #expect(count == 3)
  }

  @Test("x264 writes them too, as messages that libav 5.1 does not read itself")
  func staticHDRMessages() throws {
    var settings = Self.settings()
    settings.form.format = .yuv420p10
    settings.form.colour = .bt2020PQ
    settings.masteringDisplay = .sample
    settings.lightLevel = ContentLightLevel(maximum: 1000, maximumFrameAverage: 400)
    var encoder = try VideoEncoder.open(settings)
    var bytes: [UInt8] = []
    func take(_ packet: borrowing Packet) {
      let all = packet.bytes
      for index in all.indices { bytes.append(all[index]) }
    }
    try encoder.encode(try ClipPattern.picture(settings.form), each: take)
    try encoder.finish(each: take)
    // Supplemental messages 137 (24 bytes: green's x first, 13,250) and 144 (4 bytes: 1000, 400).
    for message in [[6, 137, 24, 0x33, 0xC2], [6, 144, 4, 0x03, 0xE8, 0x01, 0x90]] as [[UInt8]] {
      let isThere = bytes.indices.contains { bytes[$0...].starts(with: message) }
      #expect(isThere, "\(message)")
    }
  }

  @Test("what an encoder does not know is refused by name")
  func unknownOptions() throws {
    #expect(
      refusal(.noEncoder, "libnosuch") { _ = try VideoEncoder.open(Self.settings("libnosuch")) })
    #expect(refusal(.badMediaSetting, "aac") { _ = try VideoEncoder.open(Self.settings("aac")) })
    let cases: [(String, (String, String), String)] = [
      ("libx264", ("nosuchoption", "1"), "nosuchoption"),
      ("libx264", ("crf", "many"), "crf"),
      ("libx264", ("preset", "warp"), "warp"),
      ("libx264", ("x264-params", "nosuchparam=1"), "nosuchparam"),
      ("libx265", ("x265-params", "nosuchparam=1"), "nosuchparam"),
      ("libx265", ("x265-params", "rd=many"), "rd"),
      ("libsvtav1", ("svtav1-params", "ac-bias=1"), "ac-bias"),
      ("libsvtav1", ("svtav1-params", "preset=many"), "preset"),
      ("libaom-av1", ("aom-params", "nosuchparam=1"), "nosuchparam"),
      ("ffv1", ("coder", "77"), "coder"),
    ]
    for (codec, option, word) in cases {
      #expect(
        refusal(.badMediaSetting, word) {
          _ = try VideoEncoder.open(Self.settings(codec, [(option.0, option.1)]))
        }, "\(codec) \(option)")
    }
    #expect(
      refusal(.badMediaSetting, "crf") {
        _ = try VideoEncoder.open(Self.settings("libx264", [("crf", "20"), ("crf", "30")]))
      })
  }

  @Test("what is known passes, beside what we put there ourselves")
  func knownOptions() throws {
    for (codec, options) in [
      ("libx264", [("x264-params", "keyint=5:scenecut=0"), ("crf", "30")]),
      ("libx265", [("x265-params", "keyint=5:rd=2")]),
      ("libsvtav1", [("svtav1-params", "tune=0:film-grain=0"), ("preset", "12"), ("crf", "40")]),
    ] {
      var settings = Self.settings(codec, options.map { ($0.0, $0.1) })
      settings.masteringDisplay = .sample
      settings.threads = 2
      _ = try VideoEncoder.open(settings)
    }
  }

  @Test("a format that the encoder lacks is refused, with those it has")
  func formats() throws {
    var settings = Self.settings()
    settings.form.format = .rgb24
    #expect(
      refusal(.badMediaSetting, "rgb24", hint: "yuv420p, ") {
        _ = try VideoEncoder.open(settings)
      })
    settings = Self.settings()
    settings.form.width = 63
    #expect(
      refusal(.badMediaSetting, "divisible by 2", hint: "4:4:4") {
        _ = try VideoEncoder.open(settings)
      })
    settings.form.width = 0
    #expect(refusal(.badMediaSetting, "0x64") { _ = try VideoEncoder.open(settings) })
    settings = Self.settings()
    settings.timebase = Rational(0, 1)
    #expect(refusal(.badMediaSetting, "0/1") { _ = try VideoEncoder.open(settings) })
  }

  @Test("frames of another form, colour or order are refused, and the encoder goes on")
  func foreignFrames() throws {
    let settings = Self.settings()
    var encoder = try VideoEncoder.open(settings)
    var packets = 0
    try encoder.encode(try ClipPattern.picture(settings.form, at: 5)) { _ in packets += 1 }
    var other = settings.form
    other.width = 32
    #expect(
      refusal(.badMediaSetting, "32x64") {
        try encoder.encode(try ClipPattern.picture(other, at: 6)) { _ in }
      })
    other = settings.form
    other.format = .yuv444p
    #expect(
      refusal(.badMediaSetting, "yuv444p") {
        try encoder.encode(try ClipPattern.picture(other, at: 6)) { _ in }
      })
    other = settings.form
    other.colour = .bt601
    #expect(
      refusal(.badMediaSetting, "smpte170m and not bt709") {
        try encoder.encode(try ClipPattern.picture(other, at: 6)) { _ in }
      })
    for ticks in [5, 4] as [Int64] {
      #expect(
        refusal(.mediaOutOfOrder, "after one at 5") {
          try encoder.encode(try ClipPattern.picture(settings.form, at: ticks)) { _ in }
        })
    }
    #expect(
      refusal(.mediaOutOfOrder, "without a time") {
        var picture = try ClipPattern.picture(settings.form)
        picture.presentationTicks = nil
        try encoder.encode(picture) { _ in }
      })
    try encoder.encode(try ClipPattern.picture(settings.form, at: 6)) { _ in packets += 1 }
    try encoder.finish { _ in packets += 1 }
    try encoder.finish { _ in Issue.record("nothing is left to finish") }
    #expect(packets == 2)
  }

  @Test(
    "frames that come at odd times keep them, in decoding order",
    arguments: ["libx264", "libx265", "libsvtav1"])
  func variableTimes(_ codec: String) throws {
    var settings = Self.settings(codec, [])
    settings.timebase = Rational(1, 90_000)
    let times: [Int64] = [
      0, 3_600, 3_700, 9_000, 90_000, 90_001, 95_000, 200_000, 203_003, 210_000,
    ]
    var encoder = try VideoEncoder.open(settings)
    var shown: [Int64] = []
    var decoded: [Int64] = []
    var durations: [Int64: Int64] = [:]
    func take(_ packet: borrowing Packet) throws {
      let (ticks, order) = (
        try present(packet.presentationTicks), try present(packet.decodingTicks)
      )
      #expect(order <= ticks)
      shown.append(ticks)
      decoded.append(order)
      durations[ticks] = packet.durationTicks
    }
    for (index, ticks) in times.enumerated() {
      var picture = try ClipPattern.picture(settings.form, frame: index, at: ticks)
      picture.durationTicks = index == 9 ? 0 : times[index + 1] - ticks
      try encoder.encode(picture, each: take)
    }
    try encoder.finish(each: take)
    #expect(shown.sorted() == times)
    #expect(zip(decoded, decoded.dropFirst()).allSatisfy { $0 < $1 })
    for index in 0..<9 { #expect(durations[times[index]] == times[index + 1] - times[index]) }
    // The last one did not say; the rate does.
    #expect(durations[210_000] == 3_600)
  }

  @Test("a key frame comes where it is asked for, and not where the source had one")
  func keyFrames() throws {
    let folder = try TemporaryFolder()
    let source = try ClipCommand.film(
      "intra.mp4", in: folder, frames: 30, ["-c:v", "libx264", "-g", "1"])
    var settings = Self.settings(
      "libx264", [("preset", "ultrafast"), ("x264-params", "scenecut=0")])
    settings.form = PictureForm(width: 64, height: 48, format: .yuv420p, colour: .unspecified)
    settings.keyFrameInterval = 250
    var encoder = try VideoEncoder.open(settings)
    var keys: [Int64?] = []
    var index = 0
    try ClipContent.frames(.file(source)) { frame in
      var copy = try frame.retained()
      copy.presentationTicks = Int64(index)
      try encoder.encode(copy, asKeyFrame: index == 17) {
        if $0.isKeyFrame { keys.append($0.presentationTicks) }
      }
      index += 1
    }
    try encoder.finish { if $0.isKeyFrame { keys.append($0.presentationTicks) } }
    #expect(keys == [0, 17])
  }

  @Test(
    "the same frames give the same bytes, without a version in them, where that is asked for",
    arguments: [true, false])
  func reproducible(_ isAsked: Bool) throws {
    func bytes() throws -> [UInt8] {
      var settings = Self.settings("mpeg4", [])
      settings.isReproducible = isAsked
      settings.hasGlobalHeader = false
      var encoder = try VideoEncoder.open(settings)
      var all: [UInt8] = []
      func take(_ packet: borrowing Packet) {
        let bytes = packet.bytes
        for index in bytes.indices { all.append(bytes[index]) }
      }
      for index in 0..<20 {
        try encoder.encode(try ClipPattern.picture(settings.form, frame: index), each: take)
      }
      try encoder.finish(each: take)
      return all
    }
    let (first, second) = (try bytes(), try bytes())
    #expect(!first.isEmpty)
    let isSame = first == second
    #expect(isSame)
    let saysVersion = first.indices.contains { first[$0...].starts(with: "Lavc".utf8) }
    #expect(saysVersion != isAsked)
  }

  @Test("parameter sets lie in the stream for containers that keep none")
  func withoutGlobalHeader() throws {
    let folder = try TemporaryFolder()
    var settings = Self.settings()
    settings.hasGlobalHeader = false
    var encoder = try VideoEncoder.open(settings)
    let path = FilePath(folder("clip.h264"))
    var muxer = try Muxer.make(.file(path))
    let stream = try muxer.addStream(encoder.parameters)
    try muxer.start()
    for index in 0..<5 {
      try encoder.encode(try ClipPattern.picture(settings.form, frame: index)) {
        try muxer.write($0, stream: stream)
      }
    }
    try encoder.finish { try muxer.write($0, stream: stream) }
    try muxer.finish()
    #expect(try ClipContent.frames(.file(path)) == 5)
  }

  @Test(
    "an encoder without frames ends without packets, and can be dropped at any time",
    .timeLimit(.minutes(5)), arguments: ["libx264", "libx265", "libsvtav1", "libvpx-vp9", "png"])
  func nothing(_ codec: String) throws {
    var settings = Self.settings(codec, [])
    if codec == "png" { (settings.form.format, settings.form.colour) = (.rgb24, .rgb) }
    do { _ = try VideoEncoder.open(settings) }
    do {
      var ended = try VideoEncoder.open(settings)
      try ended.finish { _ in Issue.record("a packet of nothing") }
    }
    for frames in [1, 10] {
      var dropped = try VideoEncoder.open(settings)
      for index in 0..<frames {
        try dropped.encode(try ClipPattern.picture(settings.form, frame: index)) { _ in }
      }
    }
  }
}
