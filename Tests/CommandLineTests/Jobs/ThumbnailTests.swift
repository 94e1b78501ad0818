import Foundation
import Foundations
import TestSupport
import Testing

@Suite("The job thumbnail")
struct ThumbnailTests {
  private func thumbnail(
    of name: String, size: Int, _ make: (TemporaryFolder) throws -> Void
  ) throws -> (result: [String: Any], library: JobLibrary) {
    let library = try JobLibrary()
    try make(library.stored.folder)
    let asset = try library.stored.answer("library", "add", library.stored.folder(name))
    let id = try #require(asset["asset_id"] as? String)
    let job = try library.submit("thumbnail", #"{"asset_id": "\#(id)", "size": \#(size)}"#)
    try library.work()
    let shown = try library.job(job)
    return (try #require(shown["result"] as? [String: Any], "\(shown["error"] ?? "")"), library)
  }

  private func size(of path: String) throws -> (codec: String?, width: Int?, height: Int?) {
    let run = try CommandRun("ffprobe", ["-v", "error", "-of", "json", "-show_streams", path])
    let object = try JSONSerialization.jsonObject(with: Data(run.stdout.utf8)) as? [String: Any]
    let stream = try #require((object?["streams"] as? [[String: Any]])?.first)
    return (
      stream["codec_name"] as? String, stream["width"] as? Int, stream["height"] as? Int
    )
  }

  @Test("of a PNG is a WebP that fits, under the content's name")
  func picture() throws {
    let (result, library) = try thumbnail(of: "a.png", size: 100) { folder in
      _ = try ClipCommand.make(
        "a.png", in: folder, ["-f", "lavfi", "-i", "testsrc=s=400x200", "-frames:v", "1"])
    }
    let path = try #require(result["path"] as? String)
    #expect(result["width"] as? Int == 100 && result["height"] as? Int == 50)
    #expect(try size(of: path) == ("webp", 100, 50))
    let parts = path.split(separator: "/")
    #expect(parts.suffix(4).first == "derived" && parts.last?.hasSuffix("-100.webp") == true)
    #expect(parts.dropLast().last.map { parts.last?.hasPrefix($0) == true } ?? false)
    let bytes = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    #expect(result["size_bytes"] as? Int == bytes)
    #expect(path.hasPrefix(library.stored.home))
  }

  @Test("of a film is a frame of it, turned and with square pixels")
  func film() throws {
    let (result, library) = try thumbnail(of: "b.mp4", size: 96) { folder in
      _ = try ClipCommand.film(
        "a.mp4", in: folder, size: "320x240", frames: 50, ["-vf", "setsar=4/3"])
      _ = try ClipCommand.make(
        "b.mp4", in: folder, ["-i", "a.mp4", "-c", "copy", "-metadata:s:v", "rotate=90"])
    }
    let path = try #require(result["path"] as? String)
    #expect(path.hasPrefix(library.stored.home))
    // 320x240 of pixels 4:3 wide is 427x240, and stands upright.
    #expect(try size(of: path) == ("webp", 54, 96))
  }

  @Test("is not larger than the picture, keeps alpha, and has the picture's colours")
  func small() throws {
    let (result, library) = try thumbnail(of: "a.png", size: 2_048) { folder in
      _ = try ClipCommand.make(
        "a.png", in: folder,
        ["-f", "lavfi", "-i", "color=c=0x2060C0@0.5:s=40x30,format=rgba", "-frames:v", "1"])
    }
    let path = try #require(result["path"] as? String)
    #expect(try size(of: path) == ("webp", 40, 30))
    let raw = library.stored.folder("raw")
    let run = try CommandRun(
      "ffmpeg", ["-v", "error", "-i", path, "-pix_fmt", "rgba", "-f", "rawvideo", raw])
    try #require(run.status == 0, "\(run.stderr)")
    let bytes = Array(try Data(contentsOf: URL(filePath: raw)).prefix(4)).map(Int.init)
    for (found, wanted) in zip(bytes, [0x20, 0x60, 0xC0, 0x80]) {
      #expect(abs(found - wanted) <= 6, "\(bytes)")
    }
  }

  @Test("of high dynamic range is neither black nor burnt out")
  func highDynamicRange() throws {
    let (result, library) = try thumbnail(of: "a.mkv", size: 64) { folder in
      _ = try ClipCommand.make(
        "a.mkv", in: folder,
        ["-f", "lavfi", "-i", "testsrc2=s=128x72:r=25", "-frames:v", "10", "-vf"]
          + ["format=yuv420p10le", "-c:v", "libx265", "-x265-params", "log-level=none"]
          + ["-color_primaries", "bt2020", "-color_trc", "smpte2084", "-colorspace", "bt2020nc"]
          + ["-color_range", "tv"])
    }
    let raw = library.stored.folder("raw")
    let path = try #require(result["path"] as? String)
    _ = try CommandRun(
      "ffmpeg", ["-v", "error", "-i", path, "-pix_fmt", "gray", "-f", "rawvideo", raw])
    let bytes = try Data(contentsOf: URL(filePath: raw))
    try #require(bytes.count == 64 * 36)
    let mean = bytes.reduce(0) { $0 + Int($1) } / bytes.count
    #expect((20...235).contains(mean), "\(mean)")
  }

  @Test("of what has no picture is refused before it is queued")
  func sound() throws {
    let library = try JobLibrary()
    let asset = try library.stored.answer(
      "library", "add", try StoredLibrary.path("stereo-16.wav"))
    let id = try #require(asset["asset_id"] as? String)
    let input = #"{"asset_id": "\#(id)"}"#
    #expect(
      try library.stored.failure("jobs", "submit", "thumbnail", "--input", input)
        == .init(65, "media.no_stream"))
    let page = try library.answer(["jobs", "list"]).job
    #expect((page["items"] as? [Any])?.isEmpty == true)
  }

  @Test("is made once for a content and size, and again where it was deleted")
  func cached() throws {
    let library = try JobLibrary()
    let asset = try library.stored.answer("library", "add", try StoredLibrary.path("rgb.png"))
    let input = #"{"asset_id": "\#(try #require(asset["asset_id"] as? String))"}"#
    let words = ["jobs", "submit", "thumbnail", "--input", input]
    let first = try library.answer(words).job
    #expect(first["source"] as? String == "new")
    #expect(try library.answer(words).job["source"] as? String == "joined")
    try library.work()
    let again = try library.answer(words).job
    #expect(
      again["source"] as? String == "cached" && again["id"] as? String == first["id"] as? String)
    let path = try #require((again["result"] as? [String: Any])?["path"] as? String)
    try FileManager.default.removeItem(atPath: path)
    #expect(try library.answer(words).job["source"] as? String == "new")
    try library.work()
    #expect(FileManager.default.fileExists(atPath: path))
    #expect(try library.answer(words + ["--fresh"]).job["source"] as? String == "new")
  }
}
