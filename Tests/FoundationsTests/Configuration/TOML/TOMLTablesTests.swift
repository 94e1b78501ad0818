import Foundations
import Testing

@Suite("TOML keys and tables")
struct TOMLTablesTests {
  @Test(
    "keys of all kinds lead to the same tables, however they are written",
    arguments: [
      ("a.b.c = 1", "[a.b]\nc = 1"), ("a . b\t.c = 1", "[ a . b ]\nc = 1"),
      ("a = { b = { c = 1 } }", "[a]\nb.c = 1"),
      (#""a"."b".'c' = 1"#, "[a]\n[a.b]\nc = 1"), ("[a.b]\nc = 1\n[a]", "[a]\n[a.b]\nc = 1"),
      ("3.14 = 1", "[3]\n14 = 1"), ("[[a]]\nb = 1\n[[a]]\nb = 2", "a = [{b = 1}, {b = 2}]"),
      ("[[a]]\n[a.b]\nc = 1\n[[a]]", "a = [{b = {c = 1}}, {}]"),
      (
        "[[a]]\n[[a.b]]\nc = 1\n[[a.b]]\nc = 2\n[[a]]\n[[a.b]]\nc = 3",
        "a = [{b = [{c = 1}, {c = 2}]}, {b = [{c = 3}]}]"
      ),
      ("a.b = 1\na.c = 2", "[a]\nb = 1\nc = 2"),
    ])
  func sameTables(left: String, right: String) {
    let (first, second) = (TOMLReader.read(left), TOMLReader.read(right))
    #expect(first.problems == [] && second.problems == [])
    #expect(first.root == second.root)
  }

  @Test(
    "what TOML allows is read without a problem",
    arguments: [
      "", "\n\n", "# only a comment", "a=1", "a=1#c", "\u{FEFF}a = 1", "a = 1\r\nb = 2\r\n",
      "  a  =  1  ", "\"\" = 1", "'' = 1",
      "1234 = 1", "-- = 1", "\"a.b\" = 1\na.b = 2", "[a]\n[a.b]\n[c]", "[a.b.c]\n[a]\n[a.b]",
      "['a b'.\"c\\u0041\"]",
      "[a]\nb.c = 1\nb.d = 2\n[a.b.e]",
      "[fruit]\napple.color = 'red'\napple.taste.sweet = true\n[fruit.apple.texture]",
      "[a.b.c]\nx = 1\n[a]\nb.y = 2", "[[a]]\n[[a]]\n[a.b]\n", "\"é\" = 1",
      "a = 1 # \u{E9}\u{9B}\t",
      "\"\u{E9}\" = 1\n\"e\u{301}\" = 2", "[x.y.z.w]\n[x]", "true = 1\ninf = 2\n1979-05-27 = 3",
      "[\ta\t]\t# c",
    ])
  func accepts(source: String) {
    #expect(TOMLReader.read(source).problems == [])
  }

  @Test(
    "what TOML forbids is refused",
    arguments: [
      "a", "a =", "= 1", "a = 1 b = 2", "a b = 1", "a. = 1", ".a = 1", "a..b = 1", "é = 1",
      "a! = 1", "\"a\nb\" = 1",
      "\"\"\"a\"\"\" = 1", "'''a''' = 1", "a == 1", "a\n= 1", "a = # 1", "a : 1", "a = 1;",
      "\"a = 1",
      "a = 1\na = 2", "a = 1\n\"a\" = 2", "a.b = 1\na = 2", "a = 1\na.b = 2", "a.b = 1\na.b.c = 2",
      "a = 1\n[a]", "[a]\nb = 1\n[a.b]",
      "[a]\n[a]", "[a.b]\n[a]\n[a.b]", "[a]\nb.c = 1\n[a.b]", "[a]\nb.c = 1\n[a.b.c]",
      "[a]\nb.c = 1\n[[a.b]]",
      "[a.b.c]\nz = 9\n[a]\nb.c.t = 1", "[a.b.c.d]\nz = 9\n[a]\nb.c.d.k.t = 1",
      "[[a.b]]\n[a]\nb.y = 2", "[a.b]\n[a]\nb.c = 1",
      "a = {}\n[a.b]", "a = {}\n[a]", "a = {}\na.b = 1", "a = {b = {}}\na.b.c = 1", "a = []\n[[a]]",
      "a = [{}]\n[a.b]", "[a]\n[[a]]",
      "[[a]]\n[a]", "[a.b]\n[[a]]", "[[a]]\na = 1\n[a.a]\n[a.a]", "[[a.b]]\n[a.b]", "a.b = 1\n[a]",
      "a.b = 1\n[[a]]", "[a]\n[a.b]\nc = 1\n[a.b]",
      "[]", "[[]]", "[a", "[[a]", "[[a] ]", "[ [a]]", "[a]]", "[a.]", "[.a]", "[a..b]", "[a b]",
      "[a] b = 1", "[a]\n[b", "[a]b=1", "[a\n]",
      "# a\u{0}", "# \u{7F}", "# a\rb", "a = 1\r", "\ra = 1", "\u{B}a = 1", "a = 1 \u{C}",
      "\u{A0}a = 1", "a = 1\u{FEFF}",
      "[a.b]\n[a]\nb.c = 1\n[a.b]", "[[a]]\nb.c = 1\n[a.b]",
    ])
  func refuses(source: String) {
    #expect(!TOMLReader.read(source).problems.isEmpty)
  }

  @Test("text that is not UTF-8 is refused where it stops being that")
  func refusesBrokenEncoding() {
    for bytes: [UInt8] in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xC3], [0xF8, 0x88]] {
      let document = TOMLReader.read(Array("a = 1\nb = \"é".utf8) + bytes + Array("\"\n".utf8))
      #expect(document.problems.map(\.message) == ["the text is not UTF-8"])
      #expect(document.position(of: document.problems[0].place.lowerBound).line == 2)
      #expect(document.position(of: document.problems[0].place.lowerBound).column == 7)
    }
    #expect(!TOMLReader.read([0xFF, 0xFE, 0x61, 0x00]).problems.isEmpty)
  }

  @Test("keys keep the order in which they were written")
  func keepsOrder() {
    let document = TOMLReader.read("z = 1\na = 2\n[m]\n[b]\n[m.x]\n")
    #expect(document.root.entries.map(\.key) == ["z", "a", "m", "b"])
  }
}
