import Foundations
import Glibc
import Testing

@Suite("Columns of text")
struct DisplayWidthTests {
  @Test(
    "A character takes the columns a terminal gives it",
    arguments: [
      ("", 0), ("mediary", 7), ("é", 1), ("e\u{301}", 1), ("日本語", 6), ("한국어", 6), ("ﾊﾝｶｸ", 4),
      ("Ｆｕｌｌ", 8), ("😀", 2), ("👩‍👩‍👧‍👦", 2), ("👍🏽", 2), ("🇩🇪", 2), ("❤️", 2), ("❤", 1), ("🫠", 2),
      ("한", 2), ("ก็", 1), ("עברית", 5), ("العربية", 7), ("a\u{200B}b", 2), ("\u{300}", 0),
      ("…━─╸", 4), ("¥£€", 3), ("１", 2), ("㉠", 2), ("\u{7}", 0), ("a\tb", 2), ("𠀀", 2),
      ("\u{AD}", 1),
    ])
  func columns(text: String, width: Int) {
    #expect(text.displayWidth == width)
  }

  @Test("The C library gives the same columns to every character it knows")
  func agreesWithTheSystem() throws {
    // Glibc's header hides it from Swift.
    typealias WidthOf = @convention(c) (Int32) -> Int32
    let symbol = try #require(dlsym(nil, "wcwidth"))
    let wcwidth = unsafeBitCast(symbol, to: WidthOf.self)
    let locale = try #require(newlocale(LC_CTYPE_MASK, "C.UTF-8", nil))
    let previous = uselocale(locale)
    defer {
      uselocale(previous)
      freelocale(locale)
    }
    var differing: [String] = []
    for value in UInt32(0x20)...0x3FFFF where !(0xD800...0xDFFF).contains(value) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let told = Int(wcwidth(Int32(bitPattern: value)))
      // What the C library does not know (-1), and what has no shape of its own.
      if told < 0 || scalar.properties.generalCategory == .format { continue }
      if String(scalar).displayWidth != told { differing.append(String(value, radix: 16)) }
    }
    #expect(differing == Self.known)
  }

  // An Ahom vowel sign that later Unicode versions count among the spacing ones.
  static let known = ["1171e"]
}
