import Foundation
import Foundations
import Glibc
import Media
import TestSupport
import Testing

@Suite("Leaks") struct LeakTests {
  /// Memory of this process that is in use, in bytes.
  static func residentBytes() throws -> Int {
    let words = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(
      separator: " ")
    return (Int(words[1]) ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
  }

  static func openDescriptors() throws -> Int {
    try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
  }

  /// Everything once: written, read, decoded, filtered, converted; and each failing in the middle.
  static func everything(_ path: FilePath, _ bytes: [UInt8]) throws {
    var film = ClipFilm()
    film.frames = 3
    try film.write(to: .bytes(MemoryByteSink(name: "clip.mp4")))
    try? film.write(to: .bytes(ClipSink("clip.mkv", failsAt: 1)))
    try? film.write(to: .file(path))
    let graph = try FilterGraph.make(
      "vflip,scale=32:24",
      inputs: [
        .video(
          PictureForm(width: 64, height: 48, format: .yuv420p, colour: .unspecified),
          timebase: Rational(1, 25))
      ], outputs: [.video()])
    try ClipContent.frames(.file(path)) { frame in
      try graph.push(frame)
      try graph.pull { frame in
        var target = frame.form
        target.width = 16
        _ = try PixelConverter.make(from: frame.form, to: target).convert(frame)
      }
    }
    let form = SoundForm(sampleRate: 48_000, format: .int16, layout: .stereo)
    var resampler = try Resampler.make(
      from: form, to: SoundForm(sampleRate: 44_100, format: .floatPlanar, layout: .mono))
    _ = try resampler.convert(try ClipPattern.sound(form, from: 0, count: 2_000))
    _ = try? Demuxer.open(.memory(Array(bytes.prefix(bytes.count / 2)), name: "half.mp4"))
    _ = try? Demuxer.open(.bytes(ClipSource(bytes, name: "clip.mp4", failsAt: 3)))
    _ = try? FilterGraph.make("nosuchfilter", inputs: [], outputs: [])
    _ = try? VideoEncoder.open(
      VideoEncoderSettings(
        codec: "libx264", form: film.form, timebase: Rational(1, 25), options: [("nosuch", "1")]))
  }

  @Test(
    "two hundred rounds of everything leave memory and descriptors as they were",
    .timeLimit(.minutes(10)))
  func rounds() async {
    // In a process of its own, where no other test takes memory meanwhile.
    await #expect(processExitsWith: .success) {
      let folder = try TemporaryFolder()
      let path = try ClipCommand.filmWithSound("clip.mp4", in: folder)
      let bytes = [UInt8](try Data(contentsOf: URL(filePath: path.text)))
      for _ in 0..<20 { try LeakTests.everything(path, bytes) }
      let (memory, descriptors) = (
        try LeakTests.residentBytes(), try LeakTests.openDescriptors()
      )
      for _ in 0..<200 { try LeakTests.everything(path, bytes) }
      let grown = try LeakTests.residentBytes() - memory
      // A leak of one small picture a round would be 900 KB, one of a context far more.
      guard grown < 3 << 20 else { fatalError("memory grew by \(grown) bytes") }
      guard try LeakTests.openDescriptors() == descriptors else {
        fatalError("descriptors stayed open")
      }
    }
  }
}
