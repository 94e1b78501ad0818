import Foundations
import Testing

@Suite("Lines out of bytes")
struct LineSplitterTests {
  private func lines(_ text: String, longest: Int = 100, pieces: Int = 1_000) -> [OutputLine] {
    var splitter = LineSplitter(longest: longest)
    var lines: [OutputLine] = []
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: pieces) {
      lines += splitter.take(Array(bytes[start..<min(start + pieces, bytes.count)]))
    }
    if let last = splitter.finish() { lines.append(last) }
    return lines
  }

  @Test(
    "lines end with a line feed, a carriage return, or both",
    arguments: [
      ("", []), ("a", ["a"]), ("a\n", ["a"]), ("a\nb", ["a", "b"]), ("a\r\nb\r\n", ["a", "b"]),
      ("f=1\rf=2\r", ["f=1", "f=2"]), ("\n", [""]), ("\n\n", ["", ""]), ("\r\r\n\n", ["", "", ""]),
      ("a\n\nb", ["a", "", "b"]), ("ä€😀\n", ["ä€😀"]),
    ] as [(String, [String])])
  func ends(text: String, expected: [String]) {
    #expect(lines(text).map(\.text) == expected)
  }

  @Test("where the pieces end makes no difference", arguments: 1...7)
  func pieces(size: Int) {
    let text = "one\r\ntwo\rthree\n\nfür 😀\r\n\r\nlast"
    #expect(lines(text, pieces: size) == lines(text))
  }

  @Test("a line longer than allowed is cut and says so; the next is whole")
  func cut() {
    let lines = lines("abcdef\nabc\nabcd", longest: 3)
    #expect(lines.map(\.text) == ["abc", "abc", "abc"])
    #expect(lines.map(\.isCut) == [true, false, true])
  }

  @Test("bytes that are no text are mended")
  func mended() {
    var splitter = LineSplitter(longest: 100)
    let lines = splitter.take([0x61, 0xff, 0x62, 0x0a, 0xe2, 0x82, 0x0a])
    #expect(lines.map(\.text) == ["a\u{FFFD}b", "\u{FFFD}"])
  }

  @Test("a splitter that has ended a line begins anew")
  func anew() {
    var splitter = LineSplitter(longest: 10)
    #expect(splitter.take(Array("ab".utf8)).isEmpty)
    #expect(splitter.finish()?.text == "ab")
    #expect(splitter.finish() == nil)
  }
}
