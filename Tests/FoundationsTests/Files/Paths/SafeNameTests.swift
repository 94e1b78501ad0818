import Foundations
import Testing

@Suite("Safe names")
struct SafeNameTests {
  @Test(
    "a name from outside is mended as little as is needed",
    arguments: [
      ("Holiday 2024 – Größe.mp4", "Holiday 2024 – Größe.mp4"),
      ("../../etc/passwd", "_.._etc_passwd"),
      ("/etc/passwd", "_etc_passwd"),
      ("C:\\fake\\a.png", "C__fake_a.png"),
      ("what? \"really\" <b>|*", "what_ _really_ _b___"),
      (".htaccess", "htaccess"),
      ("-rf", "rf"),
      ("- .-x", "x"),
      ("name.. . ", "name"),
      ("a\u{0}b\u{1B}c\nd\u{7F}\u{85}", "abcd"),
      ("photo\u{202E}gpj.exe", "photogpj.exe"),
      ("con", "_con"), ("NUL.txt", "_NUL.txt"), ("com7.tar.gz", "_com7.tar.gz"),
      ("LPT¹", "_LPT¹"), ("aux .png", "_aux .png"), ("conin$", "_conin$"),
      ("COM10", "COM10"), ("console", "console"), ("COM", "COM"),
      ("", "file"), (".", "file"), ("..", "file"), (" . ", "file"), ("---", "file"),
      ("\u{202E}", "file"), ("\u{3000}x\u{A0}", "x"),
      ("👩‍👩‍👧‍👦.png", "👩‍👩‍👧‍👦.png"),
    ])
  func mended(text: String, expected: String) {
    #expect(SafeName.from(untrusted: text).text == expected)
  }

  @Test("a long name is cut between characters and keeps its extension")
  func cut() {
    let family = "👩‍👩‍👧‍👦"
    let name = SafeName.from(untrusted: String(repeating: family, count: 40) + ".tar.jpeg").text
    #expect(name.hasSuffix(family + ".jpeg"))
    #expect(name.utf8.count <= 255 && name.utf8.count > 255 - family.utf8.count)
    #expect(name.dropLast(5).allSatisfy { String($0) == family })
  }

  @Test("a long name without a real extension is simply cut")
  func cutWithoutExtension() {
    let name = SafeName.from(untrusted: "a." + String(repeating: "x", count: 300)).text
    #expect(name == "a." + String(repeating: "x", count: 253))
  }

  @Test("a heap of accents on one letter is cut too")
  func heap() {
    let name = SafeName.from(untrusted: "e" + String(repeating: "\u{301}", count: 500)).text
    #expect(name.utf8.count <= 255 && name.unicodeScalars.first == "e")
  }

  @Test("a device's name that only cutting lays bare is mended")
  func reservedAfterCut() {
    let text = "AUX" + String(repeating: "\u{A0}", count: 300) + "y"
    #expect(SafeName.from(untrusted: text).text == "_AUX")
  }

  @Test("a shorter limit is held to")
  func limit() {
    #expect(SafeName.from(untrusted: "holiday.jpeg", limit: 10).text == "holid.jpeg")
    #expect(SafeName.from(untrusted: "holiday.jpeg", limit: -1).text == "holiday")
  }

  @Test("whatever comes in, what comes out is accepted, fits a folder and is mended no further")
  func anything() throws {
    var random = PrintedRandom(for: "safe names")
    let pieces =
      "/\\:*?\"<>|.-_ \u{0}\n\u{1B}\u{7F}\u{A0}\u{200D}\u{202E}\u{2066}\u{301}\u{3000}aBé東👩¹²³"
      .unicodeScalars.map { $0 }
    let words = ["con", "NUL", "lpt1", "AUX", ".png", "..", "-", "é", "com¹"]
    for _ in 0..<5_000 {
      var text = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...(Bool.random(using: &random) ? 8 : 400), using: &random) {
        switch Int.random(in: 0..<12, using: &random) {
        case 0: text += words.randomElement(using: &random)?.unicodeScalars ?? .init()
        case 1:
          let value = UInt32.random(in: 0...0x10FFFF, using: &random)
          if let scalar = Unicode.Scalar(value) { text.append(scalar) }
        default: if let scalar = pieces.randomElement(using: &random) { text.append(scalar) }
        }
      }
      let limit = Int.random(in: 8...255, using: &random)
      let name = SafeName.from(untrusted: String(text), limit: limit)
      #expect(name.text.utf8.count <= limit)
      #expect(try SafeName.check(name.text) == name)
      #expect(SafeName.from(untrusted: name.text, limit: limit) == name)
      #expect(name.fileName.text.utf8.elementsEqual(name.text.utf8))
    }
  }

  @Test(
    "what is not safe is refused with a reason and a proposal",
    arguments: [
      ("", "file.name_unsafe"), ("..", "file.escapes"), ("a/b", "file.escapes"),
      ("a\\b", "file.name_unsafe"), ("a\nb", "file.name_unsafe"), (".x", "file.name_unsafe"),
      ("x.", "file.name_unsafe"), ("-x", "file.name_unsafe"), ("nul", "file.name_unsafe"),
      ("\u{202E}x", "file.name_unsafe"), ("x ", "file.name_unsafe"),
      (String(repeating: "x", count: 256), "file.name_too_long"),
    ])
  func refused(text: String, code: String) {
    let failure = #expect(throws: FileFailure.self) { try SafeName.check(text) }
    #expect(failure?.code.name == code)
    #expect(failure?.hint?.contains(SafeName.from(untrusted: text).text) == true)
  }
}
