import Foundation
import Foundations
import Glibc
import Media
import TestSupport
import Testing

@Suite("Muxing") struct MuxerTests {
  private static func options(
    _ container: String? = nil, _ settings: [(key: String, value: String)] = []
  ) throws -> MuxerOptions {
    var options = MuxerOptions()
    if let container { options.container = try present(Container(named: container)) }
    options.settings = settings
    return options
  }

  private static func bytes(_ path: FilePath) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: path.text)))
  }

  @Test(
    "a file, memory, a callback and an open descriptor get the same bytes",
    arguments: ["mp4", "mkv"])
  func targets(_ container: String) throws {
    let folder = try TemporaryFolder()
    var film = ClipFilm()
    film.codec = "mpeg4"
    film.options = []
    var options = MuxerOptions()
    options.isReproducible = true
    let plain = FilePath(folder("plain." + container))
    try film.write(to: .file(plain), options: options)
    let expected = try Self.bytes(plain)
    #expect(expected.count > 1_000)

    let inMemory = try film.bytes("clip." + container, options: options) == expected
    #expect(inMemory)
    let sink = ClipSink("clip." + container)
    try film.write(to: .bytes(sink), options: options)
    #expect(sink.bytes == expected)
    let given = FilePath(folder("given.tmp"))
    let descriptor = try FileDescriptor.open(given, O_RDWR | O_CREAT | O_EXCL)
    options.container = try present(Container(extensionOf: "x." + container))
    try film.write(to: .bytes(try FileByteSink(descriptor, name: given.text)), options: options)
    let isSame = try Self.bytes(given) == expected
    #expect(isSame)
  }

  @Test("a file that stands already is left as it is")
  func exclusive() throws {
    let folder = try TemporaryFolder()
    let path = FilePath(try folder.write("clip.mp4", "mine".utf8))
    #expect(refusal(.fileExists, path.text) { try ClipFilm().write(to: .file(path)) })
    #expect(try Self.bytes(path) == Array("mine".utf8))
    #expect(
      refusal(.fileNotFound, "nowhere") {
        try ClipFilm().write(to: .file(FilePath(folder("nowhere/clip.mp4"))))
      })
  }

  @Test(
    "variable times come through decoder, encoder and container unchanged",
    arguments: ["mp4", "mov", "mkv"])
  func variableTimes(_ container: String) throws {
    let folder = try TemporaryFolder()
    var film = ClipFilm()
    film.timebase = Rational(1, 1000)
    film.times = [0, 40, 41, 120, 500, 507, 1_999, 2_000, 2_040, 3_333, 3_334, 10_000]
    film.frames = 12
    film.options = [("preset", "medium"), ("bf", "3")]
    let first = FilePath(folder("first." + container))
    try film.write(to: .file(first))
    let times = film.times?.map { Double($0) / 1000 } ?? []
    #expect(try Self.seconds(.file(first)) == times)

    // And once more by way of our own decoder.
    let demuxer = try Demuxer.open(.file(first))
    let timebase = try #require(demuxer.streams.first).timebase
    var settings = film.settings
    settings.timebase = timebase
    var encoder = try VideoEncoder.open(settings)
    let second = FilePath(folder("second." + container))
    var muxer = try Muxer.make(.file(second))
    let stream = try muxer.addStream(encoder.parameters)
    try muxer.start()
    try ClipContent.frames(.file(first)) { frame in
      try encoder.encode(frame) { try muxer.write($0, stream: stream) }
    }
    try encoder.finish { try muxer.write($0, stream: stream) }
    try muxer.finish()
    #expect(try Self.seconds(.file(second)) == times)
    let told = try ClipCommand.probe(second, ["-show_entries", "frame=pts_time"]).list("frames")
    #expect(told.map { Double($0["pts_time"] ?? "") } == times)
  }

  private static func seconds(_ source: MediaSource) throws -> [Double] {
    let demuxer = try Demuxer.open(source)
    let timebase = try #require(demuxer.streams.first).timebase
    var all: [Double] = []
    try ClipContent.frames(source) { frame in
      all.append(
        MediaTime(ticks: try present(frame.presentationTicks), timebase: timebase).seconds)
    }
    return all
  }

  @Test("sound and pictures that start apart stay apart, in whatever order they are written")
  func starts() throws {
    let folder = try TemporaryFolder()
    let path = FilePath(folder("clip.mp4"))
    var film = ClipFilm()
    film.frames = 25
    film.times = (0..<25).map { Int64($0) + 10 }
    var pictures = try VideoEncoder.open(film.settings)
    let form = SoundForm(sampleRate: 48_000, format: .floatPlanar, layout: .mono)
    var sound = try AudioEncoder.open(AudioEncoderSettings(codec: "aac", form: form))
    var muxer = try Muxer.make(.file(path))
    let film0 = try muxer.addStream(pictures.parameters)
    let sound0 = try muxer.addStream(sound.parameters)
    try muxer.start()
    try film.encode(&pictures) { try muxer.write($0, stream: film0) }
    var frame = try AudioFrame.make(
      samples: 48_000, format: .floatPlanar, layout: .mono, sampleRate: 48_000)
    do {
      var plane = frame.mutablePlane(0, as: Float.self)
      for index in plane.indices { plane[index] = 0 }
    }
    frame.presentationTicks = 9_600
    try sound.encode(frame) { try muxer.write($0, stream: sound0) }
    try sound.finish { try muxer.write($0, stream: sound0) }
    try muxer.finish()
    let streams = try ClipCommand.probe(path).streams
    #expect(abs((Double(streams[0]["start_time"] ?? "") ?? 0) - 0.4) < 0.001)
    #expect(abs((Double(streams[1]["start_time"] ?? "") ?? 0) - 0.2) < 0.03)
  }

  @Test("MP4's index is moved to the front, in a file and in memory")
  func fastStart() throws {
    let folder = try TemporaryFolder()
    let path = FilePath(folder("clip.mp4"))
    let film = ClipFilm()
    let options = try Self.options(nil, [("movflags", "+faststart")])
    try film.write(to: .file(path), options: options)
    for bytes in [try Self.bytes(path), try film.bytes("clip.mp4", options: options)] {
      let names = Self.boxes(bytes)
      #expect(names.first == "ftyp")
      #expect(
        try #require(names.firstIndex(of: "moov")) < (try #require(names.firstIndex(of: "mdat"))))
      #expect(try ClipContent.frames(.memory(bytes, name: "clip.mp4")) == 25)
    }
    #expect(Self.boxes(try film.bytes("clip.mp4")).last == "moov")
    let front = try Self.options(nil, [("cues_to_front", "1")])
    #expect(
      try ClipContent.frames(.memory(try film.bytes("clip.mkv", options: front), name: "clip.mkv"))
        == 25)
    #expect(
      refusal(.badMediaSetting, "read back") {
        try film.write(to: .bytes(ClipSink("clip.mp4", canRead: false)), options: options)
      })
  }

  private static func boxes(_ bytes: [UInt8]) -> [String] {
    var names: [String] = []
    var place = 0
    while place + 8 <= bytes.count {
      let size = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      names.append(String(decoding: bytes[place + 4..<place + 8], as: UTF8.self))
      place += max(8, size)
    }
    return names
  }

  @Test("a pipe takes what can be written straight on, and nothing else")
  func pipes() throws {
    let film = ClipFilm()
    for (name, settings) in [
      ("clip.mkv", []), ("clip.ts", []),
      ("clip.mp4", [("movflags", "frag_keyframe+empty_moov")]),
    ] {
      let sink = ClipSink(name, canSeek: false, canRead: false)
      try film.write(to: .bytes(sink), options: try Self.options(nil, settings))
      #expect(try ClipContent.frames(.memory(sink.bytes, name: name)) == 25)
    }
    #expect(
      refusal(.badMediaSetting, "seekable") {
        try film.write(to: .bytes(ClipSink("clip.mp4", canSeek: false, canRead: false)))
      })
  }

  @Test("a codec that the container cannot hold is refused before anything is written")
  func cannotHold() throws {
    for (codec, container, hint) in [
      ("libx264", "webm", "mp4, matroska"), ("ffv1", "mp4", "matroska"),
      ("libvpx-vp9", "wav", "webm"),
    ] {
      let folder = try TemporaryFolder()
      let path = FilePath(folder("clip." + container))
      var film = ClipFilm()
      film.codec = codec
      film.options = []
      #expect(
        refusal(.containerCannotHold, container, hint: hint) { try film.write(to: .file(path)) })
      #expect(try FileStatus.of(path).size == 0)
    }
    let form = SoundForm(sampleRate: 48_000, format: .int16, layout: .mono)
    let sound = try AudioEncoder.open(AudioEncoderSettings(codec: "flac", form: form))
    var muxer = try Muxer.make(.bytes(MemoryByteSink(name: "clip.mp4")))
    #expect(
      refusal(.containerCannotHold, "flac", hint: "matroska") {
        _ = try muxer.addStream(sound.parameters)
      })
    #expect(
      refusal(.containerCannotHold, "attachments", hint: "matroska") {
        try muxer.addAttachment(Attachment(name: "a.ttf", mimeType: "font/ttf", bytes: [1]))
      })
  }

  @Test("settings that the muxer does not know are refused before anything is written")
  func settings() throws {
    let folder = try TemporaryFolder()
    for (index, (settings, word)) in [
      ([("nosuchsetting", "1")], "nosuchsetting"), ([("movflags", "nosuchflag")], "nosuchflag"),
      ([("movie_timescale", "many")], "movie_timescale"),
    ].enumerated() {
      let path = FilePath(folder("clip\(index).mp4"))
      #expect(
        refusal(.badMediaSetting, word) {
          try ClipFilm().write(to: .file(path), options: try Self.options(nil, settings))
        })
      #expect(try FileStatus.of(path).size == 0)
    }
    #expect(
      refusal(.badMediaSetting, "clip.nosuch", hint: ".mp4") {
        try ClipFilm().write(to: .file(FilePath(folder("clip.nosuch"))))
      })
    #expect(
      refusal(.badMediaSetting, "four letters") {
        var stream = StreamSettings()
        stream.codecTag = "long one"
        try ClipFilm().write(to: .bytes(MemoryByteSink(name: "clip.mp4")), stream: stream)
      })
    #expect(
      refusal(.noStream, "without streams") {
        var muxer = try Muxer.make(.bytes(MemoryByteSink(name: "clip.mp4")))
        try muxer.start()
      })
  }

  @Test(
    "muxers that open files of their own are refused",
    arguments: ["hls", "dash", "segment", "tee", "image2"])
  func openers(_ name: String) throws {
    let container = try #require(Container(named: name))
    let folder = try TemporaryFolder()
    var options = MuxerOptions()
    options.container = container
    #expect(throws: MediaFailure.self) {
      try ClipFilm().write(to: .file(FilePath(folder("clip.m3u8"))), options: options)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count <= 1)
  }

  @Test("packets whose times go back, or are missing, are refused in words")
  func disorder() throws {
    var film = ClipFilm()
    film.frames = 4
    func written(_ change: (Int, borrowing Packet) -> Void) throws {
      var encoder = try VideoEncoder.open(film.settings)
      var muxer = try Muxer.make(.bytes(MemoryByteSink(name: "clip.mp4")))
      let stream = try muxer.addStream(encoder.parameters)
      try muxer.start()
      defer { muxer.abandon() }
      var index = 0
      try film.encode(&encoder) {
        change(index, $0)
        index += 1
        try muxer.write($0, stream: stream)
      }
    }
    #expect(
      refusal(.mediaOutOfOrder, "after one at") {
        try written { if $0 == 2 { ($1.presentationTicks, $1.decodingTicks) = (0, 0) } }
      })
    #expect(
      refusal(.mediaOutOfOrder, "has no time") {
        try written { if $0 == 1 { ($1.presentationTicks, $1.decodingTicks) = (nil, nil) } }
      })
    #expect(
      refusal(.mediaOutOfOrder, "before it is decoded") {
        try written { if $0 == 1 { ($1.presentationTicks, $1.decodingTicks) = (1, 3) } }
      })
  }

  @Test("a full disk is told as such, with the path")
  func diskFull() throws {
    for (name, settings) in [
      ("clip.mkv", []), ("clip.mp4", []), ("clip.mp4", [("movflags", "+faststart")]),
    ] {
      let full = try FileDescriptor.open("/dev/full", O_RDWR)
      let sink = try FileByteSink(full, name: name)
      #expect(
        refusal(.diskFull, "/dev/full", hint: "free some space") {
          try ClipFilm().write(to: .bytes(sink), options: try Self.options(nil, settings))
        })
    }
  }

  @Test(
    "a sink that fails at any write ends the work with its own error",
    arguments: ["mp4", "mkv", "ts"])
  func failingSink(_ container: String) throws {
    let options = try Self.options(
      nil, container == "mp4" ? [("movflags", "+faststart")] : [])
    var film = ClipFilm()
    film.codec = "rawvideo"
    film.options = []
    film.frames = 30
    if container != "mkv" {
      (film.codec, film.options) = ("mpeg4", [("qmin", "1"), ("qmax", "1")])
    }
    let source = MediaSource.memory(try film.bytes("source.mkv"), name: "source.mkv")
    let whole = ClipSink("clip." + container)
    try ClipRemux.copy(source, to: .bytes(whole), options: options)
    let writes = whole.writeCount
    #expect(writes >= 3, "\(writes)")
    for write in 1...writes {
      let sink = ClipSink("clip." + container, failsAt: write)
      do {
        try ClipRemux.copy(source, to: .bytes(sink), options: options)
        Issue.record("write \(write) of \(writes) failed unnoticed")
      } catch let failure as MediaFailure {
        #expect(failure.chain.contains { $0 is ClipSink.Trouble }, "write \(write): \(failure)")
      }
    }
  }

  @Test("a raised flag ends the writing soon", .timeLimit(.minutes(5)))
  func stopped() throws {
    let film = ClipFilm()
    for write in 1...3 {
      let flag = StopFlag()
      let sink = ClipSink("clip.ts", stopsAt: (write, flag))
      #expect(refusal(.stopped, "clip.ts") { try film.write(to: .bytes(sink), stop: flag) })
      #expect(sink.writeCount == write)
    }
    // Raised while the index is moved: nothing is said of a file that is not whole.
    let flag = StopFlag()
    let probe = ClipSink("clip.mp4")
    let options = try Self.options(nil, [("movflags", "+faststart")])
    try film.write(to: .bytes(probe), options: options)
    let sink = ClipSink("clip.mp4", stopsAt: (probe.writeCount - 1, flag))
    #expect(
      refusal(.stopped, "clip.mp4") {
        try film.write(to: .bytes(sink), options: options, stop: flag)
      })
  }

  @Test("memory has a bound")
  func memoryBound() throws {
    #expect(
      refusal(.mediaOutOfMemory, "clip.mkv", hint: "file") {
        try ClipFilm().write(to: .bytes(MemoryByteSink(name: "clip.mkv", limit: 1_000)))
      })
  }

  /// An assertion: it ends a debug build, and costs a release build nothing.
  private static var endOfForgetful: ExitTest.Condition {
    #if DEBUG
      .failure
    #else
      .success
    #endif
  }

  @Test("the index of an unfinished file is not forgotten in silence")
  func unfinished() async {
    await #expect(processExitsWith: Self.endOfForgetful) {
      let film = ClipFilm()
      let encoder = try VideoEncoder.open(film.settings)
      var muxer = try Muxer.make(.bytes(MemoryByteSink(name: "clip.mp4")))
      _ = try muxer.addStream(encoder.parameters)
      try muxer.start()
    }
  }

  @Test("an abandoned muxer says nothing more")
  func abandoned() throws {
    let film = ClipFilm()
    let encoder = try VideoEncoder.open(film.settings)
    var muxer = try Muxer.make(.bytes(MemoryByteSink(name: "clip.mp4")))
    _ = try muxer.addStream(encoder.parameters)
    try muxer.start()
    muxer.abandon()
  }

  @Test("finishing tells the size")
  func size() throws {
    let film = ClipFilm()
    var encoder = try VideoEncoder.open(film.settings)
    let sink = MemoryByteSink(name: "clip.mp4")
    var muxer = try Muxer.make(.bytes(sink))
    let stream = try muxer.addStream(encoder.parameters)
    try muxer.start()
    #expect(muxer.timebase(ofStream: stream).denominator % 25 == 0)
    try film.encode(&encoder) { try muxer.write($0, stream: stream) }
    #expect(try muxer.finish() == Int64(sink.bytes.count))
  }
}
