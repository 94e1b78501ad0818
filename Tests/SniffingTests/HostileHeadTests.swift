import Foundations
import Sniffing
import TestSupport
import Testing

@Suite("Heads that pretend")
struct HostileHeadTests {
  @Test(
    "an error page is a page, whatever it is called and however it begins",
    arguments: [
      "<html><head><title>502</title>", "<HTML>", "  \r\n\t<!doctype HTML>", "<!-- x --><html>",
      "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" \"x\">", "<h1>Not Found</h1>",
      "<body>", "<script>alert(1)</script>", "<p>gone", "<!-- <svg> --><html><svg>",
      "<meta http-equiv=\"refresh\">", "<?xml version=\"1.0\"?><!DOCTYPE html><html>",
      "\u{FEFF}<html>", "<a href=\"x\">moved</a>", "<html><img src='\u{89}PNG'>",
    ])
  func errorPages(page: String) {
    #expect(ContentType.of(Array(page.utf8)) == .html)
    var wide: [UInt8] = [0xFE, 0xFF]
    for unit in page.utf16 { wide += [UInt8(unit >> 8), UInt8(unit & 255)] }
    #expect(ContentType.of(wide) == .html)
  }

  @Test(
    "is no page, picture or scene what only mentions one",
    arguments: [
      ("a < b and b > c", ContentType.text), ("<3 <3 <3", .text), ("< html >", .text),
      ("see <html> and <svg>", .text), ("<svgs xmlns='x'>", .xml), ("<!-- only a comment", .text),
      ("<note>unknown language</note>", .text), ("%PDF", .text), ("RIFF", .text), ("OggS", .text),
      ("{not json}", .text), ("{\"a\" 1}", .text), ("{'a': 1}", .text), ("[1, 2,, 3]", .text),
      ("{\"asset\": 1}", .json), ("{\"nodes\": [], \"connections\": []}", .json),
      ("{\"asset\": {\"name\": \"x\"}, \"nodes\": []}", .json), ("v 1 2 3\n", .text),
      ("v 1 2 3\nv x y z\nv 1 1 1\nf 1 2 3\n", .text), ("solid advice\n", .text),
      ("ply wood", .text),
      ("ID3 tags explained", .text), ("GIF89", .text), ("MThd", .text), ("glTF", .text),
    ] as [(String, ContentType)])
  func mentions(text: String, type: ContentType) {
    #expect(ContentType.of(Array(text.utf8), size: Int64(text.utf8.count)) == type)
  }

  @Test("nothing is unknown, and so are bytes that are no text")
  func nothing() {
    #expect(ContentType.of([]) == .unknown)
    #expect(ContentType.of([], size: 0) == .unknown)
    #expect(ContentType.of([0]) == .unknown)
    #expect(ContentType.of(Array("text with a \0 in it".utf8)) == .unknown)
    #expect(ContentType.of([0x47, 0x72, 0xFC, 0xDF, 0x65]) == .unknown)
    #expect(ContentType.of([0xFF, 0xFE]) == .unknown)
    #expect(ContentType.of([UInt8](repeating: 0, count: 4_000)) == .unknown)
    #expect(ContentType.of([UInt8](repeating: 0xFF, count: 4_000)) == .unknown)
  }

  @Test("a text may be cut inside a character, but not hold half of one")
  func cutCharacters() {
    let text = Array("ab漢字😀".utf8)
    for count in 1...text.count { #expect(ContentType.of(Array(text.prefix(count))) == .text) }
    for count in [3, 4, 6, 9, 10, 11] {
      #expect(ContentType.of(Array(text.prefix(count)), size: Int64(count)) == .unknown)
    }
    #expect(ContentType.of([0x61, 0xE6, 0xBC, 0x61]) == .unknown)
  }

  @Test("lengths that lie lead nowhere")
  func lies() {
    let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    let huge: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF]
    #expect(ContentType.of(png + huge + Array("IHDR".utf8)) == .png)
    #expect(ContentType.of(huge + Array("ftypzzzz".utf8) + huge) == .unknown)
    #expect(ContentType.of([UInt8](repeating: 0xFF, count: 8) + Array("{}".utf8)) == .unknown)
    #expect(
      ContentType.of([0xFF, 0xFF, 0, 0, 0, 0, 0, 0] + Array("{\"a\"".utf8), size: 12) == .unknown)
    #expect(ContentType.of(Array("ID3".utf8) + [4, 0, 0, 0x7F, 0x7F, 0x7F, 0x7F]) == .mp3)
    #expect(ContentType.of(Array("[".utf8) + [UInt8](repeating: 0x5B, count: 9_000)) == .text)
  }

  @Test("every type has a kind, an extension and a name of its own over HTTP")
  func names() {
    for type in ContentType.allCases {
      #expect(!type.fileExtension.isEmpty && !type.fileExtension.hasPrefix("."))
      #expect(type.mimeType.split(separator: "/").count == 2)
    }
    #expect(ContentType.glb.kind == .model3D && ContentKind.model3D.rawValue == "model3d")
    #expect(ContentType.svg.kind == .image && ContentType.html.kind == .code)
  }
}
