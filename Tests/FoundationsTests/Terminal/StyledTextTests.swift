import Foundations
import TestSupport
import Testing

@Suite("Text with meaning")
struct StyledTextTests {
  @Test("Pieces keep their meaning, and neighbours of one style are one piece")
  func pieces() {
    let text: StyledText = "a\("b")\("c", .bad)\("d", .bad)"
    #expect(text.pieces.map(\.text) == ["ab", "cd"])
    #expect(text.pieces.map(\.style) == [.plain, .bad])
    #expect(text.text == "abcd" && text.width == 4)
  }

  @Test("Without colours the text is the text, with them every style is ended")
  func rendering() {
    let text: StyledText = "is \("good", .good)"
    #expect(text.rendered(.none) == "is good")
    #expect(text.rendered(.basic) == "is \u{1B}[32mgood\u{1B}[0m")
    for style in TextStyle.allCases {
      #expect(StyledText("x", style).rendered(.none) == "x")
      for depth in ColorDepth.allCases {
        let (open, close) = (style.opening(depth), style.closing(depth))
        #expect(open.isEmpty == close.isEmpty)
        #expect(open.isEmpty == (depth == .none || style == .plain))
      }
    }
  }

  @Test("No escape sequence gets in, whichever way the text is made")
  func hostile() {
    let bad = "\u{1B}[31m"
    var text: StyledText = "\u{1B}\(bad)\(FilePath(bad), .strong)"
    text.append(bad)
    text += StyledText(bad, .good)
    #expect(!text.text.contains("\u{1B}"))
    #expect(!text.rendered(.none).contains("\u{1B}"))
    #expect(text.text == "\\x1b\\x1b[31m\\x1b[31m\\x1b[31m\\x1b[31m")
  }

  @Test(
    "Text too wide is cut to the columns there are",
    arguments: [
      ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("abcdef", 1, "a"), ("abcdef", 0, ""),
      ("日本語", 5, "日本…"), ("日本語", 4, "日…"), ("日本語", 1, ""), ("👍🏽👍🏽", 3, "👍🏽…"), ("", 0, ""),
    ])
  func clipping(text: String, width: Int, cut: String) {
    let clipped = StyledText(text).clipped(to: width)
    #expect(clipped.text == cut)
    #expect(clipped.width <= width)
  }

  @Test("A path loses its middle, and ASCII gets dots")
  func middle() {
    #expect(StyledText("abcdefghij").clipped(to: 5, .middle).text == "ab…ij")
    #expect(StyledText("abcdefghij").clipped(to: 6, .middle).text == "abc…ij")
    #expect(StyledText("abcdefghij").clipped(to: 6, ellipsis: "...").text == "abc...")
    #expect(StyledText("abcdefghij").clipped(to: 3, ellipsis: "...").text == "abc")
  }

  @Test("Padding fills up to the width and never cuts")
  func padding() {
    #expect(StyledText("日本").padded(to: 6).text == "日本  ")
    #expect(StyledText("日本").padded(to: 6, .trailing).text == "  日本")
    #expect(StyledText("abc").padded(to: 2).text == "abc")
  }

  @Test("Lines break between words, and keep styles")
  func wrapping() {
    let text: StyledText = "one \("two three", .strong) four"
    let lines = text.wrapped(to: 9)
    #expect(lines.map(\.text) == ["one two", "three", "four"])
    #expect(lines[0].pieces.map(\.style) == [.plain, .strong])
    #expect(text.wrapped(to: 40)[0].pieces.map(\.text) == ["one ", "two three", " four"])
    #expect(text.wrapped(to: 9, indent: 2).map(\.text) == ["one two", "  three", "  four"])
    #expect(StyledText("").wrapped(to: 5).map(\.text) == [""])
    #expect(StyledText("  a   b  ").wrapped(to: 5).map(\.text) == ["a b"])
  }

  @Test("A word wider than the line is broken inside")
  func longWords() {
    #expect(StyledText("abcdefgh").wrapped(to: 3).map(\.text) == ["abc", "def", "gh"])
    #expect(StyledText("日本語").wrapped(to: 1).map(\.text) == ["日", "本", "語"])
    #expect(
      StyledText("x abcdef").wrapped(to: 4, indent: 2).map(\.text) == ["x", "  ab", "  cd", "  ef"])
  }

  @Test("Wrapping loses no word and passes no edge, for any text and width")
  func wrappingProperty() {
    var random = Seeded()
    for _ in 0..<500 {
      let letters = ["a", "b", "日", "é", " ", " ", "👍🏽", "ß"]
      let source = (0..<Int.random(in: 0...60, using: &random))
        .map { _ in letters.randomElement(using: &random) ?? "" }.joined()
      let width = Int.random(in: 2...30, using: &random)
      let indent = Int.random(in: 0...4, using: &random)
      let lines = StyledText(source).wrapped(to: width, indent: indent)
      #expect(lines.allSatisfy { $0.width <= max(width, indent + 2) }, "SEED=\(random.seed)")
      let kept = lines.map(\.text).joined().filter { $0 != " " }
      #expect(kept == source.filter { $0 != " " }, "SEED=\(random.seed)")
    }
  }
}
