import Blobs
import Foundations
import Model
import Runs
import TestSupport
import Testing

@Suite("A run's outputs")
struct RunOutputTests {
  @Test("a second image does not overwrite the first, whatever its format")
  func secondImage() throws {
    let library = try TestLibrary()
    let run = try library.begin()
    let names = try [TestMedia.png(1), TestMedia.png(2), TestMedia.jpeg, TestMedia.png(1)].map {
      try library.add($0, to: run.id, type: "image").filename
    }
    #expect(
      names == [
        "output_image.png", "output_image_2.png", "output_image_3.jpg", "output_image_4.png",
      ])
    #expect(try library.add(TestMedia.midi, to: run.id).filename == "output_midi.mid")
    // The same bytes twice are one asset.
    #expect(try library.assetCount() == 4)
    try library.check(run.id)
  }

  @Test("a file that stands under the next name, in any case, is left alone")
  func taken() throws {
    let library = try TestLibrary()
    let run = try library.begin()
    let mine = library.path(run.id).appending("Output_Image.PNG")
    try AtomicFile.create(mine, with: Array("mine".utf8), durability: .relaxed)
    #expect(try library.add(TestMedia.png(), to: run.id).filename == "output_image_2.png")
    #expect(try SmallFile.read(mine, limit: 10) == Array("mine".utf8))
  }

  @Test("the extension is told by the bytes: what the old sniffing called bin, wav, mp4, png")
  func formats() throws {
    let library = try TestLibrary()
    let run = try library.begin()
    let tone = ["-i", "sine=duration=0.2"]
    let film = ["-i", "testsrc=duration=0.2:size=64x64:rate=10", "-c:v", "libvpx"]
    let expected: [([UInt8], String?, String, String)] = [
      (TestMedia.gltf, "model3d", "model3d", "gltf"), (TestMedia.glb, "3d", "model3d", "glb"),
      (try TestMedia.made("a.flac", tone), "audio", "audio", "flac"),
      (try TestMedia.made("a.ogg", tone + ["-c:a", "libvorbis"]), "music", "music", "ogg"),
      (try TestMedia.made("a.webm", film), "video", "video", "webm"),
      (TestMedia.midi, "midi", "midi", "mid"), (TestMedia.jpeg, "image", "image", "jpg"),
      (Array("play 60".utf8), "sonicpi", "sonicpi", "rb"), (Array("x".utf8), nil, "text", "txt"),
      (TestMedia.html, "code", "code", "html"),
    ]
    for (bytes, asked, type, format) in expected {
      let output = try library.add(bytes, to: run.id, type: asked, name: "lies.png")
      #expect(output.type == type && output.filename.hasSuffix(".\(format)"), "\(output.filename)")
    }
    try library.check(run.id)
  }

  @Test("a film reported among the pictures is a film")
  func film() throws {
    let library = try TestLibrary()
    let run = try library.begin()
    let webm = try TestMedia.made(
      "a.webm", ["-i", "testsrc=duration=0.2:size=64x64:rate=10", "-c:v", "libvpx"])
    let output = try library.add(webm, to: run.id, type: "image")
    #expect(output.type == "video" && output.filename == "output_video.webm")
  }

  @Test("a web page, a text and nothing at all are no picture")
  func refused() throws {
    let library = try TestLibrary()
    let run = try library.begin()
    for (bytes, type) in [
      (TestMedia.html, "image"), (TestMedia.html, nil), (Array("oh no".utf8), "image"),
      (TestMedia.html, "model3d"), ([], "image"), ([], nil), (Array("{\"e\":1}".utf8), "video"),
      (TestMedia.html, "p5"),
    ] as [([UInt8], String?)] {
      #expect(
        code { try library.add(bytes, to: run.id, type: type, name: "a.png") }
          == "run.unfit_content")
    }
    for type in ["../x", "a b", "", "IMAGE", String(repeating: "a", count: 4_096), "a\u{0}"] {
      #expect(
        code { try library.add(TestMedia.png(), to: run.id, type: type) } == "run.bad_value")
    }
    #expect(try library.names(run.id) == ["input_text.txt", "metadata.json"])
    #expect(try library.assetCount() == 0)
  }

  @Test("an id that stands for other content is refused, and nothing is added")
  func conflict() throws {
    let library = try TestLibrary()
    let run = try library.begin()
    var first = try library.content(TestMedia.png(1))
    first.id = try AssetID("mine")
    #expect(try library.runs.add(first, to: run.id).asset == first.id)
    var second = try library.content(TestMedia.png(2))
    second.id = first.id
    #expect(code { _ = try library.runs.add(second, to: run.id) } == "library.conflict")
    #expect(try library.runs.metadata(of: run.id).outputs.count == 1)
  }

  @Test("an addition to no run, or of content that is not there, makes nothing")
  func absent() throws {
    let library = try TestLibrary()
    let run = try library.begin()
    let new = try library.content(TestMedia.png())
    let id = try RunID("no-such-run")
    #expect(code { _ = try library.runs.add(new, to: id) } == "run.not_found")
    _ = try library.blobs.delete(new.blob, unlessYoungerThan: .zero)
    #expect(code { _ = try library.runs.add(new, to: run.id) } == "blob.not_found")
    #expect(try library.names(run.id) == ["input_text.txt", "metadata.json"])
  }
}
