import EmbeddedMetadata
import Foundations
import TestSupport
import Testing

@Suite("What others put into a file")
struct KeepingTests {
  private func segment(_ marker: UInt8, _ content: [UInt8]) -> [UInt8] {
    let length = content.count + 2
    return [0xFF, marker, UInt8(length >> 8), UInt8(length & 0xFF)] + content
  }

  private func holds(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
    bytes.indices.contains { bytes[$0...].starts(with: part) }
  }

  @Test("stays in a JPEG: colour profile, XMP and a camera's EXIF", arguments: [false, true])
  func jpeg(isLong: Bool) throws {
    let samples = try Samples()
    let path = try samples.make("a.jpg")
    let profile = segment(0xE2, Array("ICC_PROFILE\0\u{1}\u{1}a profile".utf8))
    let xmp = """
      <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF \
      xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\
      <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" dc:format="x"/>\
      </rdf:RDF></x:xmpmeta>
      """
    // Little-endian, one entry: Make, 8 bytes at offset 26.
    let exif: [UInt8] =
      Array("Exif\0\0II".utf8) + [42, 0, 8, 0, 0, 0, 1, 0, 0x0F, 1, 2, 0, 8, 0, 0, 0, 26, 0, 0, 0]
      + [0, 0, 0, 0] + Array("Acmecam\0".utf8)
    var bytes = try Samples.bytes(path)
    let packet = Array("http://ns.adobe.com/xap/1.0/\0".utf8) + Array(xmp.utf8)
    bytes.insert(contentsOf: segment(0xE1, exif) + segment(0xE1, packet) + profile, at: 2)
    try samples.folder.write("a.jpg", bytes)
    let before = try Samples.decoded(path)
    let text = isLong ? WritingTests.long : WritingTests.text
    for _ in 0..<3 { try EmbeddedMetadata.write(text, to: path) }
    #expect(try EmbeddedMetadata.read(path).raw == text)
    let after = try Samples.bytes(path)
    for part in [profile, Array("dc:format=\"x\"".utf8), Array("Acmecam\0".utf8)] {
      #expect(holds(after, part))
    }
    #expect(try Samples.probed(path).contains("Acmecam"))
    #expect(after.count < bytes.count + text.utf8.count * 3)
    try EmbeddedMetadata.strip(path)
    let stripped = try Samples.bytes(path)
    for part in [profile, Array(xmp.utf8), Array("Acmecam\0".utf8)] {
      #expect(holds(stripped, part))
    }
    #expect(try Samples.decoded(path) == before)
  }

  @Test(
    "stays in containers: titles beside the comment",
    arguments: [
      "front.mp4", "a.mov", "a.mkv", "a.webm", "a.flac", "vorbis.ogg", "opus.ogg", "a.mp3", "a.wav",
    ])
  func titles(name: String) throws {
    let samples = try Samples()
    let path = try samples.make(name, ["-metadata", "title=A title of 1999"])
    try EmbeddedMetadata.write(WritingTests.text, to: path)
    #expect(try Samples.probed(path).contains("A title of 1999"))
    try EmbeddedMetadata.strip(path)
    #expect(try Samples.probed(path).contains("A title of 1999"))
  }

  @Test("stays readable in fragmented films, which are refused where their index cannot grow")
  func fragmented() throws {
    let samples = try Samples()
    let path = try samples.make(
      "front.mp4", ["-movflags", "frag_keyframe+empty_moov+default_base_moof"])
    let before = try Samples.bytes(path)
    #expect(throws: MetadataFailure.self) {
      try EmbeddedMetadata.write(WritingTests.text, to: path)
    }
    #expect(try Samples.bytes(path) == before)
  }

  @Test("stays found where ffmpeg puts its own keys into a film")
  func keys() throws {
    let samples = try Samples()
    let path = try samples.make(
      "back.mp4",
      [
        "-movflags", "use_metadata_tags", "-metadata",
        #"prompt={"1":{"class_type":"X","inputs":{}}}"#,
      ])
    #expect(try EmbeddedMetadata.read(path).source == "comfyui")
    try EmbeddedMetadata.write(#"{"note":"ours"}"#, to: path)
    let tags = try Samples.probed(path)
    #expect(tags.contains("ours") && tags.contains("class_type"))
    try EmbeddedMetadata.strip(path)
    #expect(throws: MetadataFailure.self) { try EmbeddedMetadata.read(path) }
  }
}
