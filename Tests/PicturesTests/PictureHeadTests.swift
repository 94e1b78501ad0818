import Foundation
import Pictures
import TestSupport
import Testing

@Suite("Heads of pictures")
struct PictureHeadTests {
  private static let script = """
    import sys
    from PIL import Image
    folder = sys.argv[1]
    for mode, name, options in [
        ("RGB", "a.png", {}), ("RGBA", "b.png", {}), ("RGB", "a.jpg", {}),
        ("L", "b.jpg", {"progressive": True}), ("RGB", "c.jpg", {"exif": b"Exif\\0\\0" + bytes(500)}),
        ("RGB", "a.webp", {}), ("RGBA", "b.webp", {"lossless": True}), ("RGB", "c.webp", {"exif": bytes(50)}),
        ("P", "a.gif", {})]:
        Image.new(mode, (300, 201)).save(f"{folder}/{name}", **options)
    """

  @Test("tell the size that Pillow wrote, whole files only")
  func sizes() throws {
    let folder = try TemporaryFolder()
    let run = try CommandRun("/usr/bin/python3", ["-c", Self.script, folder.path])
    #expect(run.status == 0, "\(run.stderr)")
    let formats: [(String, PictureHead.Format)] = [
      ("png", .png), ("jpg", .jpeg), ("webp", .webp), ("gif", .gif),
    ]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      let bytes = [UInt8](try Data(contentsOf: URL(filePath: "\(folder.path)/\(name)")))
      let head = try #require(PictureHead(of: bytes), "\(name)")
      #expect(head.width == 300 && head.height == 201, "\(name)")
      #expect(formats.contains { name.hasSuffix($0.0) && head.format == $0.1 }, "\(name)")
      for cut in [0, 1, 10, 29, bytes.count / 2, bytes.count - 1] {
        #expect(PictureHead(of: Array(bytes.prefix(cut))) == nil, "\(name) cut to \(cut)")
      }
    }
  }

  @Test("of any bytes end in an answer")
  func mutations() {
    var random = Seeded()
    print("heads: SEED=\(random.seed)")
    let starts: [[UInt8]] = [
      [0xFF, 0xD8, 0xFF], Array("RIFF\u{1}\0\0\0WEBPVP8 ".utf8), Array("GIF89a".utf8),
      [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A],
    ]
    for _ in 0..<20_000 {
      var bytes = starts.randomElement(using: &random) ?? []
      let more = Int.random(in: 0...60, using: &random)
      bytes += (0..<more).map { _ in UInt8.random(in: 0...255, using: &random) }
      if Bool.random(using: &random) { bytes += [0xFF, 0xD9] }
      _ = PictureHead(of: bytes)
    }
  }
}
