import Foundations
import Testing

@Suite("Foreign text made safe")
struct TerminalSafeTests {
  @Test(
    "What a terminal would obey is shown instead",
    arguments: [
      ("\u{1B}[2J\u{1B}[H", "\\x1b[2J\\x1b[H"), ("\u{1B}]0;title\u{7}", "\\x1b]0;title\\x07"),
      ("\u{9B}31m", "\\x9b31m"), ("a\nb\tc\rd", "a\\nb\\tc\\rd"), ("\u{7F}", "\\x7f"),
      ("a\r\nb", "a\\r\\nb"), ("\u{0}", "\\x00"), ("movie\u{202E}4pm.exe", "movie\\u202e4pm.exe"),
      ("\u{2066}x\u{2069}", "\\u2066x\\u2069"), ("a\u{2028}b", "a\\u2028b"),
      ("\u{FEFF}", "\\ufeff"),
      ("pass\u{200B}word", "pass\\u200bword"), ("\u{90}q", "\\x90q"),
    ])
  func hostile(text: String, shown: String) {
    #expect(TerminalSafe.line(text) == shown)
  }

  @Test(
    "Text of any script is left alone",
    arguments: [
      "", "plain", "naïve café", "日本語 한국어", "👩‍👩‍👧‍👦 👍🏽 🇩🇪 ❤️", "עברית العربية", "क्षि", "می‌خواهم", "C:\\n",
    ])
  func harmless(text: String) {
    #expect(TerminalSafe.line(text) == text)
  }

  @Test("Text of several lines keeps its newlines and nothing else")
  func lines() {
    #expect(TerminalSafe.lines("a\n\tb\u{1B}c\r\n") == "a\n\\tb\\x1bc\\r\n")
  }

  @Test("No control character of any kind comes through")
  func everyControl() {
    for value in UInt32(0)..<0x3000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let safe = TerminalSafe.line("<\(Character(scalar))>")
      #expect(!safe.unicodeScalars.contains { $0.properties.generalCategory == .control })
    }
  }

  @Test("A name that is no UTF-8 shows its bytes, and safe neighbours as they are")
  func paths() {
    #expect(TerminalSafe.path("/a/ö.mp4") == "/a/ö.mp4")
    #expect(TerminalSafe.path(FilePath(bytes: [0x61, 0xFF, 0xC3, 0xB6, 0xC3])) == "a\\xffö\\xc3")
    #expect(TerminalSafe.path(FilePath(bytes: [0xFF, 0x1B, 0x5B])) == "\\xff\\x1b[")
    #expect(TerminalSafe.path("a\nb") == "a\\nb")
  }
}
