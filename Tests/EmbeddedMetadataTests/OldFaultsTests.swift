import EmbeddedMetadata
import Foundation
import Foundations
import TestSupport
import Testing

@Suite("What older programs lost or broke")
struct OldFaultsTests {
  /// How Wan2GP's fork wrote: by decoding, and coding anew.
  static let pictures = ["a.jpg", "lossy.webp", "lossless.webp"]

  @Test("A write does not code the picture anew: its coded bytes are those of before")
  func coded() throws {
    let samples = try Samples()
    for name in Self.pictures {
      let path = try samples.make(name)
      let before = try Samples.bytes(path)
      // From the first scan, or from the picture's chunk on.
      let marker: [UInt8] =
        name == "a.jpg" ? [0xFF, 0xDA] : Array((name.hasPrefix("lossy") ? "VP8 " : "VP8L").utf8)
      let start = try #require(before.indices.first { before[$0...].starts(with: marker) })
      for text in [WritingTests.text, WritingTests.long] {
        try EmbeddedMetadata.write(text, to: path)
        let after = try Samples.bytes(path)
        let place = try #require(after.indices.first { after[$0...].starts(with: marker) })
        #expect(after[place...].starts(with: before[start...]), "\(name)")
      }
    }
  }

  @Test(
    "No text is too long: 40,000 signs outside ASCII, and 300 KB of ASCII, are read back whole",
    arguments: Samples.names)
  func long(name: String) throws {
    let samples = try Samples()
    let path = try samples.make(name)
    let ascii = "{\"prompt\":\"\(String(repeating: "a fox & ", count: 40_000))\"}"
    for text in [WritingTests.long, ascii] {
      let writing = try EmbeddedMetadata.write(text, to: path)
      #expect(writing.sidecar == nil)
      #expect(try EmbeddedMetadata.read(path).raw == text)
    }
  }

  @Test(
    "A folder in a source picture's name leads nowhere, whoever wrote it",
    arguments: ["../../evil.png", "/etc/evil.png", "..\\..\\evil.png", "..", "a/../../b\u{1}.png"])
  func names(name: String) throws {
    let samples = try Samples()
    let (film, matroska) = (try samples.make("front.mp4"), try samples.make("a.mkv"))
    let picture = try samples.make("a.png")
    let script = """
      import json, mutagen.mp4 as m
      f, k = m.MP4(path), '----:com.apple.iTunes:'
      data = open(more[0], 'rb').read()
      f[k + 'EMBEDDED_IMAGES'] = [m.MP4FreeForm(data, dataformat=14)]
      index = {'image_start': [{'index': 0, 'filename': more[1], 'extension': '.png'}]}
      f[k + 'IMAGE_METADATA'] = [m.MP4FreeForm(json.dumps(index).encode())]
      f['\\xa9cmt'] = '{}'; f.save()
      """
    _ = try OtherPrograms.python(script, [film.text, picture.text, name])
    try OtherPrograms.ffmpeg(
      matroska, "{}",
      ["-attach", picture.text, "-metadata:s:t", "mimetype=image/png"]
        + ["-metadata:s:t", "filename=image_start__\(name)"])
    for path in [film, matroska] {
      let found = try EmbeddedMetadata.pictures(path)
      #expect(try found.map(\.bytes) == [Samples.bytes(picture)])
      let shown = found.first?.filename ?? ""
      #expect(!shown.contains { "/\\\u{1}".contains($0) } && ![".", "..", ""].contains(shown))
    }
  }

  @Test("Sound past 4 GB is read, and what a write would do to it is known")
  func large() throws {
    let samples = try Samples()
    let path = FilePath(samples.folder("large.wav"))
    // 5 GB of nothing, which take no room, and a text behind them.
    let data = 5 << 30
    let text = #"{"prompt":"far behind"}"#
    let little = { (value: Int, width: Int) in
      (0..<width).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }
    let tail = Array("json".utf8) + little(text.utf8.count, 4) + Array(text.utf8) + [0]
    let format: [UInt8] = Array("fmt ".utf8) + little(16, 4) + [1, 0, 1, 0] + little(48_000, 4)
    var head = Array("RF64".utf8) + little(-1, 4) + Array("WAVEds64".utf8) + little(28, 4)
    head += little(80 + data + tail.count - 8, 8) + little(data, 8) + little(0, 12)
    head += format + little(96_000, 4) + [2, 0, 16, 0] + Array("data".utf8) + little(-1, 4)
    #expect(head.count == 80)
    try samples.folder.write("large.wav", head)
    let file = try FileHandle(forWritingTo: URL(filePath: path.text))
    try file.seek(toOffset: UInt64(head.count + data))
    try file.write(contentsOf: tail)
    try file.close()
    #expect(try EmbeddedMetadata.read(path).raw == text)
    let plan = try EmbeddedMetadata.plan(path, text: text)
    #expect(plan.place == "wav:json" && plan.bytes == Int64(head.count + data + tail.count))
  }

  @Test("The room that Wan2GP reserves is read as no metadata, in whatever format")
  func reserved() throws {
    let samples = try Samples()
    let slot =
      #"{"_wangp_metadata_reserved":true,"padding":"\#(String(repeating: " ", count: 50))"}"#
    for name in ["front.mp4", "a.mkv", "a.wav"] {
      let path = try samples.make(name)
      try EmbeddedMetadata.write(slot, to: path)
      #expect(throws: MetadataFailure.self) { try EmbeddedMetadata.read(path) }
      try EmbeddedMetadata.write(WritingTests.text, to: path)
      #expect(try EmbeddedMetadata.read(path).raw == WritingTests.text)
    }
  }
}
