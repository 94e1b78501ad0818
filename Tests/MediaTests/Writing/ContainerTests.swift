import Media
import Testing

@Suite("Containers") struct ContainerTests {
  @Test(
    "a name's extension asks for one",
    arguments: [
      ("a.mp4", "mp4"), ("a.MKV", "matroska"), ("b.webm", "webm"), ("c.mov", "mov"),
      ("d.m4a", "ipod"), ("e.mka", "matroska"), ("f.opus", "opus"), ("g.png", "image2pipe"),
      ("h.jpg", "image2pipe"), ("i.gif", "gif"), ("j.ts", "mpegts"), ("/x.d/k.wav", "wav"),
      ("l.webp", "webp"), ("m.avif", "avif"),
    ])
  func extensions(_ name: String, _ container: String) {
    #expect(Container(extensionOf: name)?.name == container)
  }

  @Test(
    "others ask for none", arguments: ["a", "a.", "a.nosuch", ".mp4", "a.m p4", "http://x/a%d"])
  func unknown(_ name: String) {
    #expect(Container(extensionOf: name) == nil)
    #expect(Container(named: name) == nil)
  }

  @Test("what can be held is known beforehand")
  func holding() throws {
    let table: [(String, String, Bool)] = [
      ("mp4", "h264", true), ("mp4", "av1", true), ("mp4", "opus", true), ("mp4", "subrip", false),
      ("mp4", "flac", false), ("mp4", "ffv1", false), ("matroska", "ffv1", true),
      ("matroska", "subrip", true), ("webm", "vp9", true), ("webm", "av1", true),
      ("webm", "opus", true), ("webm", "h264", false), ("webm", "aac", false),
      ("mov", "prores", true),
      ("mp4", "prores", false), ("wav", "pcm_s16le", true), ("wav", "h264", false),
      ("ogg", "opus", true), ("ogg", "aac", false), ("mp3", "mp3", true), ("mp3", "aac", false),
      ("flac", "flac", true), ("flac", "opus", false), ("avi", "h264", true),
    ]
    for (name, codec, isHeld) in table {
      let container = try #require(Container(named: name))
      #expect(container.canHold(codec: codec) == isHeld, "\(codec) in \(name)")
    }
    #expect(try #require(Container(named: "mp4")).canHold(codec: "nosuchcodec") == nil)
  }
}
