import Foundation
import Foundations
import Glibc
import Media
import TestSupport
import Testing

@Suite("Demuxing") struct DemuxerTests {
  private static func bytes(_ path: FilePath) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: path.text)))
  }

  /// A pipe with a writer that hands everything over and closes it.
  private static func pipe(_ bytes: [UInt8]) throws -> FileDescriptor {
    var ends: [Int32] = [0, 0]
    try #require(Glibc.pipe(&ends) == 0)
    let (reading, writing) = (ends[0], ends[1])
    Thread.detachNewThread {
      let end = FileDescriptor(owning: writing)
      try? end.write(bytes)
    }
    return FileDescriptor(owning: reading)
  }

  @Test(
    "a file, memory, a callback and a pipe give the same packets", arguments: ["mkv", "ts", "mp4"])
  func sources(_ container: String) throws {
    let folder = try TemporaryFolder()
    // Fragmented, so that MP4 can be read without going back.
    let options = container == "mp4" ? ["-movflags", "frag_keyframe+empty_moov"] : []
    let path = try ClipCommand.filmWithSound("clip." + container, in: folder, options)
    let bytes = try Self.bytes(path)
    let expected = try ClipContent.packets(.file(path))
    #expect(expected.count > 100)
    #expect(try ClipContent.packets(.memory(bytes, name: "clip." + container)) == expected)
    for piece in [1, 1_000, 1 << 20] {
      let source = ClipSource(bytes, name: "clip." + container, piece: piece)
      #expect(try ClipContent.packets(.bytes(source)) == expected, "\(piece) bytes at a time")
    }
    let silent = ClipSource(bytes, name: "clip." + container, canSeek: false, tellsSize: false)
    #expect(try ClipContent.packets(.bytes(silent)) == expected)
    let pipe = try FileByteSource(try Self.pipe(bytes), name: "clip." + container)
    #expect(try ClipContent.packets(.bytes(pipe)) == expected)
    let plain = try FileByteSource(try FileDescriptor.open(path, O_RDONLY), name: path.text)
    #expect(try ClipContent.packets(.bytes(plain)) == expected)
  }

  @Test("an open file is read from where it stands")
  func fromTheMiddle() throws {
    let folder = try TemporaryFolder()
    let path = try ClipCommand.filmWithSound("clip.mp4", in: folder)
    let expected = try ClipContent.packets(.file(path))
    let shifted = FilePath(
      try folder.write("shifted.mp4", [UInt8](repeating: 7, count: 4_321) + Self.bytes(path)))
    let descriptor = try FileDescriptor.open(shifted, O_RDONLY)
    try #require(lseek(descriptor.number, 4_321, SEEK_SET) == 4_321)
    let source = try FileByteSource(descriptor, name: shifted.text)
    #expect(source.size == (try FileStatus.of(path)).size)
    #expect(try ClipContent.packets(.bytes(source)) == expected)
  }

  @Test("ffprobe tells the same packets")
  func asProbed() throws {
    let folder = try TemporaryFolder()
    let path = try ClipCommand.filmWithSound("clip.mkv", in: folder)
    let told = try ClipCommand.probe(path, ["-show_packets"]).list("packets")
    let ours = try ClipContent.packets(.file(path))
    #expect(told.count == ours.count)
    for (theirs, ours) in zip(told, ours) {
      #expect(theirs["stream_index"] == "\(ours.stream)")
      #expect(theirs["pts"] == ours.presentationTicks.map { "\($0)" })
      #expect(theirs["dts"] == ours.decodingTicks.map { "\($0)" })
      #expect(theirs["size"] == "\(ours.size)")
      #expect(theirs["flags"]?.hasPrefix("K") == ours.isKeyFrame)
    }
  }

  @Test("only what was chosen is read")
  func selection() throws {
    let folder = try TemporaryFolder()
    let path = try ClipCommand.filmWithSound("clip.mp4", in: folder)
    let demuxer = try Demuxer.open(.file(path))
    demuxer.select(streams: [1])
    let packet = try Packet()
    var count = 0
    while try demuxer.read(into: packet) {
      #expect(packet.streamIndex == 1)
      count += 1
    }
    #expect(count > 50)
    #expect(try demuxer.read(into: packet) == false)
  }

  @Test(
    "a film that is cut off gives what is there, and no crash",
    arguments: ["mkv", "ts", "avi", "mp4"])
  func truncated(_ container: String) throws {
    let folder = try TemporaryFolder()
    let path = try ClipCommand.filmWithSound(
      "clip." + container, in: folder, container == "mp4" ? ["-movflags", "+faststart"] : [])
    let bytes = try Self.bytes(path)
    let whole = try ClipContent.packets(.file(path)).count
    for share in [9, 7, 5] {
      let part = Array(bytes[..<(bytes.count * share / 10)])
      let demuxer = try Demuxer.open(.memory(part, name: "clip." + container))
      let packet = try Packet()
      var count = 0
      do throws(MediaFailure) {
        while try demuxer.read(into: packet) { count += 1 }
      } catch {
        #expect(error.kind == .badMedia, "\(error)")
      }
      #expect(count > 0 && count < whole, "\(share) tenths: \(count) of \(whole)")
    }
  }

  @Test("an MP4 without its index, an empty file, and a text are refused in words")
  func noMedia() throws {
    let folder = try TemporaryFolder()
    let path = try ClipCommand.filmWithSound("clip.mp4", in: folder)
    let bytes = try Self.bytes(path)
    let part = FilePath(try folder.write("part.mp4", bytes.prefix(bytes.count / 2)))
    #expect(refusal(.mediaDamaged, "part.mp4") { _ = try Demuxer.open(.file(part)) })
    let empty = FilePath(try folder.write("empty.mp4", []))
    #expect(refusal(.mediaEmpty, "empty.mp4") { _ = try Demuxer.open(.file(empty)) })
    #expect(refusal(.mediaEmpty, "nothing") { _ = try Demuxer.open(.memory([], name: "nothing")) })
    let words = Array(repeating: Array("Not a film.\n".utf8), count: 500).joined()
    for name in ["text.txt", "text.mp4", "text", "text.mp3", "text.bin", "text.ans"] {
      let text = FilePath(try folder.write(name, words))
      #expect(refusal(.notMedia, name) { _ = try Demuxer.open(.file(text)) })
    }
    var random = Seeded(seed: 3)
    let noise = (0..<20_000).map { _ in UInt8.random(in: 0...255, using: &random) }
    #expect(refusal(.notMedia, "noise") { _ = try Demuxer.open(.memory(noise, name: "noise")) })
  }

  @Test(
    "a folder, a missing file and a pipe by name are refused, at once", .timeLimit(.minutes(5)))
  func notPlain() throws {
    let folder = try TemporaryFolder()
    #expect(
      refusal(.fileIsFolder, folder.path) {
        _ = try Demuxer.open(.file(FilePath(folder.path)))
      })
    #expect(
      refusal(.fileNotFound, "missing.mp4") {
        _ = try Demuxer.open(.file(FilePath(folder("missing.mp4"))))
      })
    try #require(mkfifo(folder("pipe.mp4"), 0o600) == 0)
    #expect(
      refusal(.fileNotPlain, "pipe.mp4", hint: "standard input") {
        _ = try Demuxer.open(.file(FilePath(folder("pipe.mp4"))))
      })
    #expect(refusal(.fileNotPlain, "/dev/zero") { _ = try Demuxer.open(.file("/dev/zero")) })
    // A name that libav would take for an order to go elsewhere.
    #expect(
      refusal(.fileNotFound, "concat:") {
        _ = try Demuxer.open(.file("concat:a.mp4|b.mp4"))
      })
  }

  /// A list that names a film of the machine, in one of the ways there are.
  private static func list(_ kind: String, of film: FilePath) -> String {
    switch kind {
    case "hls": "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n\(film)\n#EXT-X-ENDLIST\n"
    case "concat": "ffconcat version 1.0\nfile '\(film)'\n"
    case "sdp":
      "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nt=0 0\nc=IN IP4 127.0.0.1\nm=video 9 RTP/AVP 96\n"
        + "a=rtpmap:96 H264/90000\n"
    default:
      "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\"><Period>"
        + "<AdaptationSet><Representation id=\"1\"><BaseURL>\(film)</BaseURL></Representation>"
        + "</AdaptationSet></Period></MPD>"
    }
  }

  @Test("lists of other files are not followed", arguments: ["hls", "concat", "sdp", "dash"])
  func nested(_ kind: String) throws {
    let folder = try TemporaryFolder()
    let film = try ClipCommand.filmWithSound("secret.ts", in: folder)
    for name in ["list.m3u8", "list." + kind, "list.mp4", "list"] {
      let path = FilePath(try folder.write(name, Self.list(kind, of: film).utf8))
      #expect(refusal(.notMedia, name) { _ = try Demuxer.open(.file(path)) })
      var options = DemuxerOptions()
      options.format = kind
      #expect(
        refusal(.mediaReachesOut, name) {
          _ = try Demuxer.open(.file(path), options: options)
        })
    }
  }

  @Test("a subtitle index does not open the file it belongs to")
  func companion() throws {
    // VobSub's demuxer opens a second container by itself, by the same name with another ending.
    let folder = try TemporaryFolder()
    let index =
      "# VobSub index file, v7 (do not modify this line!)\nsize: 720x576\n"
      + "id: en, index: 0\ntimestamp: 00:00:01:000, filepos: 000000000\n"
    try folder.write("film.sub", [0, 0, 1, 0xBA] + [UInt8](repeating: 0, count: 3_000))
    let path = FilePath(try folder.write("film.idx", index.utf8))
    #expect(throws: MediaFailure.self) { _ = try Demuxer.open(.file(path)) }
  }

  @Test("settings that the demuxer does not know are refused")
  func settings() throws {
    let folder = try TemporaryFolder()
    let path = try ClipCommand.filmWithSound("clip.mp4", in: folder)
    var options = DemuxerOptions()
    options.settings = [("nosuchsetting", "1")]
    #expect(
      refusal(.badMediaSetting, "nosuchsetting") {
        _ = try Demuxer.open(.file(path), options: options)
      })
    options = DemuxerOptions()
    options.format = "nosuchformat"
    #expect(
      refusal(.badMediaSetting, "nosuchformat") {
        _ = try Demuxer.open(.file(path), options: options)
      })
  }

  @Test(
    "going to a time meets the key frame before it, and every frame from there on",
    arguments: ["mp4", "mkv"])
  func seeking(_ container: String) throws {
    let folder = try TemporaryFolder()
    let path = try ClipCommand.filmWithSound("clip." + container, in: folder)
    let demuxer = try Demuxer.open(.file(path))
    let film = try #require(demuxer.streams.first { $0.kind == .video })
    demuxer.select(streams: [film.index])
    let decoder = try VideoDecoder.open(film.parameters)
    let packet = try Packet()
    var expected: [Int64: [[Int]]] = [:]
    try ClipContent.frames(.file(path)) { frame in
      expected[try present(frame.presentationTicks)] = ClipPattern.samples(frame)
    }
    #expect(expected.count == 50)
    let times = expected.keys.sorted()
    for index in [33, 0, 49, 10, 9] {
      let point = MediaTime(ticks: times[index], timebase: film.timebase)
      try demuxer.seek(to: point, stream: film.index)
      decoder.flush()
      var met: Int64?
      var first: Int64?
      func take(_ frame: borrowing VideoFrame) throws {
        let ticks = try present(frame.presentationTicks)
        first = first ?? ticks
        guard met == nil, ticks >= point.ticks else { return }
        met = ticks
        let isSame = ClipPattern.samples(frame) == expected[ticks]
        #expect(isSame, "frame \(index)")
      }
      while met == nil, try demuxer.read(into: packet) { try decoder.decode(packet, each: take) }
      if met == nil { try decoder.finish(each: take) }
      #expect(met == point.ticks)
      // A key frame every 10 frames: it does not begin at the start of the film.
      #expect(try #require(first) >= times[index / 10 * 10])
    }
    #expect(
      refusal(.noStream, "9") {
        try demuxer.seek(to: MediaTime(ticks: 0, timebase: film.timebase), stream: 9)
      })
  }

  @Test("a raised flag ends opening and reading, at whatever read", .timeLimit(.minutes(5)))
  func stopped() throws {
    let folder = try TemporaryFolder()
    let bytes = try Self.bytes(try ClipCommand.filmWithSound("clip.ts", in: folder))
    let whole = ClipSource(bytes, name: "clip.ts")
    _ = try ClipContent.packets(.bytes(whole))
    for read in stride(from: 1, through: whole.readCount, by: 7) {
      let flag = StopFlag()
      let source = ClipSource(bytes, name: "clip.ts", stopsAt: (read, flag))
      #expect(
        refusal(.stopped) {
          _ = try ClipContent.packets(.bytes(source), stop: flag)
        }, "read \(read)")
      #expect(source.readCount <= read + 1)
    }
    let flag = StopFlag()
    flag.stop(.deadline)
    #expect(
      refusal(.deadlinePassed) {
        _ = try ClipContent.packets(.memory(bytes, name: "clip.ts"), stop: flag)
      })
  }

  @Test(
    "a flag raised on another thread ends the wait for a silent pipe", .timeLimit(.minutes(5)))
  func silentPipe() throws {
    var ends: [Int32] = [0, 0]
    try #require(Glibc.pipe(&ends) == 0)
    let writing = FileDescriptor(owning: ends[1])
    let flag = StopFlag()
    let source = try FileByteSource(FileDescriptor(owning: ends[0]), name: "silent", stop: flag)
    Thread.detachNewThread { flag.stop() }
    #expect(refusal(.stopped) { _ = try Demuxer.open(.bytes(source), stop: flag) })
    #expect(writing.number > 0)
  }

  @Test("a source's own error is told, at whatever read")
  func failingSource() throws {
    let folder = try TemporaryFolder()
    let bytes = try Self.bytes(try ClipCommand.filmWithSound("clip.mkv", in: folder))
    let whole = ClipSource(bytes, name: "clip.mkv")
    _ = try ClipContent.packets(.bytes(whole))
    for read in stride(from: 1, through: whole.readCount, by: 3) {
      let source = ClipSource(bytes, name: "clip.mkv", failsAt: read)
      do {
        _ = try ClipContent.packets(.bytes(source))
        Issue.record("read \(read) failed unnoticed")
      } catch let failure as MediaFailure {
        #expect(failure.chain.contains { $0 is ClipSource.Trouble }, "read \(read): \(failure)")
      }
    }
  }

  @Test("a packet can be kept while the next one is read")
  func retained() throws {
    let folder = try TemporaryFolder()
    let path = try ClipCommand.filmWithSound("clip.mkv", in: folder)
    let demuxer = try Demuxer.open(.file(path))
    let packet = try Packet()
    try #require(try demuxer.read(into: packet))
    let kept = try packet.retained()
    let (size, ticks) = (packet.size, packet.presentationTicks)
    try #require(try demuxer.read(into: packet))
    try #require(try demuxer.read(into: packet))
    #expect(kept.size == size)
    #expect(kept.presentationTicks == ticks)
    #expect(kept.isKeyFrame == true)
    let count = kept.bytes.count
    #expect(count == size)
  }
}
