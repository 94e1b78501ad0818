import Foundations
import Media
import TestSupport
import Testing

@Suite("Sound encoding") struct AudioEncoderTests {
  private static let stereo = SoundForm(sampleRate: 48_000, format: .int16, layout: .stereo)

  /// Encodes the pattern in pieces of odd lengths and writes it.
  private static func write(
    _ settings: AudioEncoderSettings, to path: FilePath, count: Int, from start: Int = 0
  ) throws {
    var encoder = try AudioEncoder.open(settings)
    var muxer = try Muxer.make(.file(path))
    let stream = try muxer.addStream(encoder.parameters)
    try muxer.start()
    let pieces = [1, 960, 17, 4_096, 1_023, 333]
    var converter = try Resampler.make(
      from: SoundForm(
        sampleRate: settings.form.sampleRate, format: .int16, layout: settings.form.layout),
      to: settings.form)
    var done = 0
    var index = 0
    while done < count {
      let piece = min(count - done, pieces[index % pieces.count])
      let sound = try ClipPattern.sound(converter.source, from: start + done, count: piece)
      let frame = try present(try converter.convert(sound))
      try encoder.encode(frame) { try muxer.write($0, stream: stream) }
      done += piece
      index += 1
    }
    try encoder.finish { try muxer.write($0, stream: stream) }
    try muxer.finish()
  }

  private static func pattern(_ layout: ChannelLayout, count: Int) -> [Int16] {
    (0..<count).flatMap { index in
      (0..<layout.channels).map { ClipPattern.sample(index, channel: $0) }
    }
  }

  @Test(
    "lossless codecs give back every sample, to us and to ffmpeg",
    arguments: [
      ("flac", "flac", SampleFormat.int16, ChannelLayout.stereo), ("flac", "mkv", .int16, .mono),
      ("flac", "mka", .int16, .surround51), ("pcm_s16le", "wav", .int16, .stereo),
      ("pcm_s16be", "mov", .int16, .stereo), ("alac", "m4a", .int16Planar, .stereo),
      ("wavpack", "mkv", .int16Planar, .stereo), ("pcm_s16le", "mkv", .int16, .surround51),
    ])
  func lossless(
    _ codec: String, _ container: String, _ format: SampleFormat, _ layout: ChannelLayout
  ) throws {
    let folder = try TemporaryFolder()
    let path = FilePath(folder("clip." + container))
    let form = SoundForm(sampleRate: 48_000, format: format, layout: layout)
    try Self.write(AudioEncoderSettings(codec: codec, form: form), to: path, count: 20_001)
    let wanted = Self.pattern(layout, count: 20_001)
    let isExact = try ClipContent.int16Samples(.file(path)) == wanted
    #expect(isExact)
    let raw = try ClipCommand.decoded(path, in: folder, ["-f", "s16le"])
    let isExactThere =
      raw == wanted.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
    #expect(isExactThere)
  }

  @Test("24 bits are kept in 32")
  func depth() throws {
    let folder = try TemporaryFolder()
    let path = FilePath(folder("clip.flac"))
    var settings = AudioEncoderSettings(
      codec: "flac", form: SoundForm(sampleRate: 96_000, format: .int32, layout: .mono))
    settings.bitDepth = 24
    var encoder = try AudioEncoder.open(settings)
    var muxer = try Muxer.make(.file(path))
    let stream = try muxer.addStream(encoder.parameters)
    try muxer.start()
    func value(_ index: Int) -> Int32 { Int32((index * 7_919) % 0x7F_FFFF) << 8 }
    var frame = try AudioFrame.make(
      samples: 5_000, format: .int32, layout: .mono, sampleRate: 96_000)
    do {
      var plane = frame.mutablePlane(0, as: Int32.self)
      for index in plane.indices { plane[index] = value(index) }
    }
    try encoder.encode(frame) { try muxer.write($0, stream: stream) }
    try encoder.finish { try muxer.write($0, stream: stream) }
    try muxer.finish()
    var index = 0
    var wrong = 0
    try ClipContent.samples(.file(path)) { frame in
      let plane = frame.plane(0, as: Int32.self)
      for place in plane.indices {
        wrong += plane[place] == value(index) ? 0 : 1
        index += 1
      }
    }
    #expect(index == 5_000)
    #expect(wrong == 0)
    let told = try #require(try ClipCommand.probe(path).streams.first)
    #expect(told["bits_per_raw_sample"] == "24")
  }

  @Test(
    "lossy codecs keep the length to the sample, their own padding taken off",
    arguments: [
      ("aac", "mp4"), ("aac", "mkv"), ("libopus", "opus"), ("libopus", "mkv"), ("libopus", "mp4"),
      ("libmp3lame", "mp3"), ("libvorbis", "ogg"), ("ac3", "mkv"),
    ])
  func lossy(_ codec: String, _ container: String) throws {
    let folder = try TemporaryFolder()
    let path = FilePath(folder("clip." + container))
    let format: SampleFormat = codec == "libopus" ? .float : .floatPlanar
    let form = SoundForm(sampleRate: 48_000, format: format, layout: .stereo)
    let count = 48_000 * 2 + 123
    try Self.write(
      AudioEncoderSettings(codec: codec, form: form, bitrate: 128_000), to: path, count: count)
    let report = try ClipCommand.probe(path)
    // Some containers round to milliseconds, or tell the length of whole frames.
    let seconds = try #require(Double(report.format["duration"] ?? ""))
    #expect(abs(seconds - Double(count) / 48_000) < 0.05)
    let decoded = try ClipContent.samples(.file(path))
    #expect(abs(decoded - count) < 2_048, "\(decoded - count)")
    // Those that tell where the last frame is cut off; libav's MP4 does not.
    let tellsEnd = ["libopus", "libvorbis"].contains(codec) && container != "mp4"
    if tellsEnd { #expect(abs(decoded - count) <= 48, "\(decoded - count)") }
  }

  @Test(
    "what a decoder must throw away at the start is told",
    arguments: [("aac", 1_024), ("libopus", 312)])
  func padding(_ codec: String, _ padding: Int64) throws {
    let form = SoundForm(
      sampleRate: 48_000, format: codec == "aac" ? .floatPlanar : .float, layout: .mono)
    var encoder = try AudioEncoder.open(AudioEncoderSettings(codec: codec, form: form))
    var times: [Int64] = []
    var durations: [Int64] = []
    func take(_ packet: borrowing Packet) throws {
      times.append(try present(packet.presentationTicks))
      durations.append(packet.durationTicks)
    }
    var frame = try AudioFrame.make(
      samples: 10_000, format: form.format, layout: .mono, sampleRate: 48_000)
    do {
      var plane = frame.mutablePlane(0, as: Float.self)
      for index in plane.indices { plane[index] = Float(index % 100) / 200 }
    }
    try encoder.encode(frame, each: take)
    try encoder.finish(each: take)
    #expect(times.first == -padding)
    for index in 1..<times.count {
      #expect(times[index] == times[index - 1] + durations[index - 1])
    }
  }

  @Test("times that jitter are counted over, and a start that is not zero is kept")
  func jitter() throws {
    let form = SoundForm(sampleRate: 44_100, format: .int16, layout: .mono)
    var settings = AudioEncoderSettings(codec: "flac", form: form)
    settings.timebase = Rational(1, 1000)
    var encoder = try AudioEncoder.open(settings)
    var next: Int64?
    func take(_ packet: borrowing Packet) throws {
      guard packet.size > 0 else { return }
      let ticks = try present(packet.presentationTicks)
      if let next { #expect(ticks == next) } else { #expect(ticks == 44_100 * 3) }
      next = ticks + packet.durationTicks
    }
    for index in 0..<50 {
      var frame = try ClipPattern.sound(form, from: index * 1_024, count: 1_024)
      frame.presentationTicks = 3_000 + Int64((Double(index * 1_024) / 44.1).rounded(.down))
      try encoder.encode(frame, each: take)
    }
    try encoder.finish(each: take)
    let end: Int64 = 44_100 * 3 + 50 * 1_024
    #expect(next == end)
  }

  @Test("a gap is refused, with the way to fill it")
  func gap() throws {
    let form = Self.stereo
    var encoder = try AudioEncoder.open(AudioEncoderSettings(codec: "flac", form: form))
    try encoder.encode(try ClipPattern.sound(form, from: 0, count: 4_800)) { _ in }
    #expect(
      refusal(.mediaOutOfOrder, "jumps by 0.5 s", hint: "aresample") {
        try encoder.encode(try ClipPattern.sound(form, from: 28_800, count: 4_800)) { _ in }
      })
    #expect(
      refusal(.mediaOutOfOrder, "jumps by -0.1") {
        try encoder.encode(try ClipPattern.sound(form, from: -528, count: 4_800)) { _ in }
      })
  }

  @Test("what an encoder does not take is refused, with what it takes")
  func refused() throws {
    func open(_ codec: String, _ form: SoundForm, _ options: [(key: String, value: String)] = [])
      throws
    {
      _ = try AudioEncoder.open(AudioEncoderSettings(codec: codec, form: form, options: options))
    }
    #expect(refusal(.noEncoder, "nosuch") { try open("nosuch", Self.stereo) })
    #expect(refusal(.badMediaSetting, "libx264") { try open("libx264", Self.stereo) })
    #expect(refusal(.badMediaSetting, "s16", hint: "fltp") { try open("aac", Self.stereo) })
    #expect(
      refusal(.badMediaSetting, "44100 Hz", hint: "48000 Hz") {
        try open("libopus", SoundForm(sampleRate: 44_100, format: .int16, layout: .stereo))
      })
    #expect(
      refusal(.badMediaSetting, "5.1", hint: "stereo") {
        try open(
          "libmp3lame", SoundForm(sampleRate: 48_000, format: .floatPlanar, layout: .surround51))
      })
    #expect(
      refusal(.badMediaSetting, "2 channels", hint: "stereo") {
        let unknown = try #require(ChannelLayout(named: "2 channels"))
        try open("flac", SoundForm(sampleRate: 48_000, format: .int16, layout: unknown))
      })
    #expect(
      refusal(.badMediaSetting, "nosuchoption") {
        try open("flac", Self.stereo, [("nosuchoption", "1")])
      })
    #expect(
      refusal(.badMediaSetting, "compression level: 99") {
        try open("flac", Self.stereo, [("compression_level", "99")])
      })
    var encoder = try AudioEncoder.open(AudioEncoderSettings(codec: "flac", form: Self.stereo))
    #expect(
      refusal(.badMediaSetting, "mono") {
        let mono = SoundForm(sampleRate: 48_000, format: .int16, layout: .mono)
        try encoder.encode(try ClipPattern.sound(mono, from: 0, count: 10)) { _ in }
      })
  }

  @Test("an encoder without sound ends without packets")
  func nothing() throws {
    var encoder = try AudioEncoder.open(AudioEncoderSettings(codec: "flac", form: Self.stereo))
    try encoder.finish { _ in Issue.record("a packet of nothing") }
    try encoder.finish { _ in Issue.record("a packet of nothing") }
  }
}
