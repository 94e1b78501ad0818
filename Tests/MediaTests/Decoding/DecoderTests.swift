import Foundation
import Foundations
import Media
import Synchronization
import TestSupport
import Testing

@Suite("Decoding") struct DecoderTests {
  @Test("every frame comes out, in order, by one thread and by several", arguments: [1, 4])
  func counts(_ threads: Int) throws {
    let folder = try TemporaryFolder()
    let path = try ClipCommand.filmWithSound("clip.mp4", in: folder)
    var times: [Int64] = []
    let count = try ClipContent.frames(.file(path), threads: DecodingThreads(count: threads)) {
      times.append(try present($0.presentationTicks))
    }
    #expect(count == 50)
    #expect(times == times.sorted())
    #expect(Set(times).count == 50)
    let report = try ClipCommand.probe(
      path, ["-count_frames", "-select_streams", "a", "-show_entries", "stream=nb_read_frames"])
    var frames = 0
    let samples = try ClipContent.samples(.file(path)) { frame in
      frames += 1
      #expect(frame.sampleRate == 48_000)
      #expect(frame.format == .floatPlanar)
    }
    #expect("\(frames)" == report.streams.first?["nb_read_frames"])
    #expect(abs(samples - 96_000) <= 1_024)
  }

  @Test(
    "pixels are the same as ffmpeg's",
    arguments: [
      ("libx264", "yuv420p"), ("libx265", "yuv420p10le"), ("libvpx-vp9", "yuv444p"),
      ("libsvtav1", "yuv420p10le"), ("mpeg2video", "yuv422p"), ("ffv1", "gbrp16le"),
    ])
  func pixels(_ codec: String, _ format: String) throws {
    let folder = try TemporaryFolder()
    let path = try ClipCommand.film(
      "clip.mkv", in: folder, size: "64x64", frames: 8,
      ["-c:v", codec, "-pix_fmt", format]
        + (codec == "libx265" ? ["-x265-params", "log-level=error"] : []))
    let raw = try ClipCommand.decoded(path, in: folder, ["-f", "rawvideo"])
    var ours: [UInt8] = []
    try ClipContent.frames(.file(path)) { frame in
      #expect(frame.format.name == format)
      let isWide = frame.format.bytesPerSample == 2
      for plane in ClipPattern.samples(frame) {
        for value in plane {
          ours.append(UInt8(value & 0xFF))
          if isWide { ours.append(UInt8(value >> 8)) }
        }
      }
    }
    let isSame = ours == raw
    #expect(isSame)
  }

  @Test("pictures stored upside down are read from the top")
  func upsideDown() throws {
    let folder = try TemporaryFolder()
    let path = try ClipCommand.film(
      "clip.avi", in: folder, frames: 2, ["-c:v", "rawvideo", "-pix_fmt", "bgr24"])
    let raw = try ClipCommand.decoded(path, in: folder, ["-pix_fmt", "bgr24", "-f", "rawvideo"])
    var ours: [UInt8] = []
    try ClipContent.frames(.file(path)) { frame in
      for value in ClipPattern.samples(frame)[0] { ours.append(UInt8(value)) }
    }
    let isSame = ours == raw
    #expect(isSame)
  }

  @Test("a damaged packet is told, and decoding goes on behind it", arguments: [1, 3])
  func damaged(_ threads: Int) throws {
    let folder = try TemporaryFolder()
    let path = try ClipCommand.film("clip.mkv", in: folder, frames: 30, ["-c:v", "png"])
    var bytes = [UInt8](try Data(contentsOf: URL(filePath: path.text)))
    // In the middle of three of the pictures, found by the letters behind their headers.
    let starts = bytes.indices.filter { bytes[$0...].starts(with: "IDAT".utf8) }
    try #require(starts.count == 30)
    for index in [5, 6, 20] { for place in 0..<40 { bytes[starts[index] + 8 + place] ^= 0x5A } }
    let demuxer = try Demuxer.open(.memory(bytes, name: "clip.mkv"))
    let decoder = try VideoDecoder.open(
      try #require(demuxer.streams.first).parameters, threads: DecodingThreads(count: threads))
    let packet = try Packet()
    var frames = 0
    var failures: [MediaFailure] = []
    func attempt(_ work: () throws -> Void) {
      do { try work() } catch let failure as MediaFailure { failures.append(failure) } catch {
        Issue.record("\(error)")
      }
    }
    while try demuxer.read(into: packet) {
      attempt { try decoder.decode(packet) { _ in frames += 1 } }
    }
    // Threads tell of a damage later than of its packet: the end is asked until nothing is left.
    for _ in 0..<4 { attempt { try decoder.finish { _ in frames += 1 } } }
    #expect(failures.count == 3)
    #expect(frames == 27)
    for failure in failures {
      #expect(failure.kind == .badMedia)
      #expect(failure.message.contains("png"))
      #expect(failure.libavNumber < 0)
    }
  }

  @Test("a decoder starts anew after the end")
  func again() throws {
    let folder = try TemporaryFolder()
    let path = try ClipCommand.filmWithSound("clip.mp4", in: folder)
    let demuxer = try Demuxer.open(.file(path))
    let film = try #require(demuxer.streams.first)
    demuxer.select(streams: [film.index])
    let decoder = try VideoDecoder.open(film.parameters)
    let packet = try Packet()
    for _ in 0..<2 {
      var count = 0
      while try demuxer.read(into: packet) { try decoder.decode(packet) { _ in count += 1 } }
      try decoder.finish { _ in count += 1 }
      #expect(count == 50)
      decoder.flush()
      try demuxer.seek(to: MediaTime(ticks: 0, timebase: film.timebase), stream: film.index)
    }
  }

  @Test("an error of the caller's own comes out, and no frame is lost by it")
  func callersError() throws {
    struct Own: Error {}
    let folder = try TemporaryFolder()
    let path = try ClipCommand.filmWithSound("clip.mp4", in: folder)
    let demuxer = try Demuxer.open(.file(path))
    let film = try #require(demuxer.streams.first)
    demuxer.select(streams: [film.index])
    let decoder = try VideoDecoder.open(film.parameters)
    let packet = try Packet()
    var count = 0
    func take(_ frame: borrowing VideoFrame) throws {
      count += 1
      if count % 7 == 0 { throw Own() }
    }
    var errors = 0
    func attempt(_ work: () throws -> Void) {
      do { try work() } catch is Own { errors += 1 } catch { Issue.record("\(error)") }
    }
    while try demuxer.read(into: packet) { attempt { try decoder.decode(packet, each: take) } }
    for _ in 0..<5 { attempt { try decoder.finish(each: take) } }
    #expect(count == 50)
    #expect(errors == 7)
  }

  /// A frame that a list of frames can hold: what cannot be copied cannot be an array's element.
  private final class Kept: Sendable {
    let frame: VideoFrame
    init(_ frame: consuming VideoFrame) { self.frame = frame }
  }

  @Test("frames kept for later stay as they were, on another thread too", .timeLimit(.minutes(5)))
  func retained() throws {
    let folder = try TemporaryFolder()
    let path = try ClipCommand.filmWithSound("clip.mp4", in: folder)
    var queue: [Kept] = []
    var sums: [Int] = []
    try ClipContent.frames(.file(path)) { frame in
      sums.append(ClipPattern.samples(frame)[0].reduce(0, +))
      queue.append(Kept(try frame.retained()))
    }
    let kept = queue
    let done = DispatchSemaphore(value: 0)
    let found = Mutex<[Int]>([])
    Thread.detachNewThread {
      let seen = kept.map { ClipPattern.samples($0.frame)[0].reduce(0, +) }
      found.withLock { $0 = seen }
      done.signal()
    }
    done.wait()
    #expect(found.withLock { $0 } == sums)
    #expect(sums.count == 50)
  }

  @Test("a raised flag ends a loop of reading and decoding", .timeLimit(.minutes(5)))
  func stopped() throws {
    let folder = try TemporaryFolder()
    let path = try ClipCommand.filmWithSound("clip.ts", in: folder)
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: path.text)))
    let whole = ClipSource(bytes, name: "clip.ts")
    _ = try ClipContent.packets(.bytes(whole))
    let flag = StopFlag()
    let source = ClipSource(bytes, name: "clip.ts", stopsAt: (whole.readCount - 9, flag))
    let demuxer = try Demuxer.open(.bytes(source), stop: flag)
    let film = try #require(demuxer.streams.first { $0.kind == .video })
    let decoder = try VideoDecoder.open(film.parameters)
    let packet = try Packet()
    #expect(
      refusal(.stopped) {
        while try demuxer.read(into: packet) {
          if packet.streamIndex == film.index { try decoder.decode(packet) { _ in } }
        }
      })
  }

  @Test("a stream of another kind is refused, and the decoder's name is known")
  func refused() throws {
    let folder = try TemporaryFolder()
    let path = try ClipCommand.filmWithSound("clip.mp4", in: folder)
    let streams = try Demuxer.open(.file(path)).streams
    #expect(refusal(.noStream, "audio") { _ = try VideoDecoder.open(streams[1].parameters) })
    #expect(refusal(.noStream, "video") { _ = try AudioDecoder.open(streams[0].parameters) })
    let decoder = try VideoDecoder.open(streams[0].parameters)
    #expect(decoder.name == "h264")
  }
}
