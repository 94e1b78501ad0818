import Foundations
import TestSupport
import Testing

@Suite("Problems in TOML")
struct TOMLProblemTests {
  @Test(
    "a problem names its line and column, what is wrong, and what to write instead",
    arguments: [
      ("level = debug", "1:9 this is no value: debug; a text stands in quotes"),
      ("on = True", "1:6 this is no value: True; write true"),
      ("on = off", "1:6 this is no value: off; write false"),
      ("a = 1\nb = \"open", "2:5 this text is never closed; end it with the quote it begins with"),
      ("a = \"\"\"open\n\n", "1:5 this text is never closed; end it with three quotes"),
      ("a = [1,\n2", "1:5 this list is never closed"),
      (
        "path = \"C:\\temp\\x\"",
        "1:16 an unknown escape; write a backslash as \\\\, or the text in '…', where it means itself"
      ),
      ("a", "1:2 an = and a value should follow the key"), ("a =", "1:4 a value should be here"),
      ("a = 1 2", "1:7 nothing more may stand on this line"),
      ("[a\nb = 1", "1:3 the header should end with ]"),
      ("[[a]\n", "1:5 the header should end with ]]"),
      ("a = 1\na = 2", "2:1 `a` is set twice; keep one of the two lines"),
      ("[a]\n[b]\n[a]", "3:2 the table `a` is there already; write its keys together"),
      (
        "a = { b = 1 }\na.c = 2",
        "2:1 `a` is an inline table, and nothing can be added to it; write all of its keys between the braces"
      ),
      ("a = 1\n[a.b]", "2:2 `a` is a whole number and not a table"),
      (
        "ключ = 1",
        "1:1 a key should be here; keys are of letters A to Z, digits, _ and -; others stand in quotes"
      ),
      ("\"ключ\" = no", "1:10 this is no value: no; write false"),
      (
        "a = 99999999999999999999",
        "1:5 the number is too large; whole numbers go to 9223372036854775807"
      ),
      (
        "a = 2026-02-30",
        "1:5 this is no number, date or time: 2026-02-30; a time is written 2026-11-21T01:19:43Z; a text stands in quotes"
      ),
    ])
  func describes(source: String, expected: String) throws {
    let document = TOMLReader.read(source)
    let problem = try #require(document.problems.first)
    let position = document.position(of: problem.place.lowerBound)
    let word = problem.word.map { ": \($0)" } ?? ""
    let hint = problem.hint.map { "; \($0)" } ?? ""
    #expect("\(position.line):\(position.column) \(problem.message)\(word)\(hint)" == expected)
  }

  @Test("reading goes on after a problem, so that all are found at once")
  func goesOn() {
    let document = TOMLReader.read(
      """
      first = yes
      good = 1
      list = [ 1 2,
        [3, 4],
      ]
      second = no
      [bad header]
      lost = 1
      [fine]
      kept = true
      text = "open
      also = 'kept'
      """)
    #expect(
      document.problems.map { document.position(of: $0.place.lowerBound).line } == [1, 3, 6, 7, 11])
    #expect(
      document.problems.map(\.path) == [["first"], ["list"], ["second"], [], ["fine", "text"]])
    #expect(document.root["good"] == .integer(1))
    #expect(document.root["lost"] == nil)
    #expect(document.root["fine"] == .table(TOMLReader.read("kept = true\nalso = 'kept'").root))
  }

  @Test("a list left open does not swallow the statements below it")
  func openList() {
    let document = TOMLReader.read("a = [1, 2\nb = 3\n[c]\nd = 4")
    #expect(document.problems.count == 1)
    #expect(document.position(of: document.problems[0].place.lowerBound).line == 2)
    #expect(document.root["b"] == .integer(3))
    #expect(document.root.entries.map(\.key) == ["b", "c"])
  }

  @Test("it gives up after enough problems")
  func givesUp() {
    let document = TOMLReader.read(String(repeating: "a = no\n", count: 1_000))
    #expect(document.problems.count == TOMLReader.Limits().problems)
  }

  @Test(
    "deep nesting is refused, and never ends at the end of the stack",
    arguments: [
      String(repeating: "[", count: 200_000), String(repeating: "{a=", count: 200_000),
      String(repeating: "a.", count: 200_000) + "a = 1",
    ])
  func limitsDepth(source: String) {
    #expect(!TOMLReader.read(source).problems.isEmpty)
    #expect(!TOMLReader.read("a = " + source).problems.isEmpty)
    #expect(!TOMLReader.read("[" + source).problems.isEmpty)
  }

  @Test("nesting up to the limit is read")
  func readsUpToTheLimit() {
    let limit = TOMLReader.Limits().depth
    func lists(_ depth: Int) -> String {
      "a = " + String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(TOMLReader.read(lists(limit)).problems == [])
    #expect(
      TOMLReader.read(lists(limit + 1)).problems.map(\.message) == [
        "values may nest at most 64 deep"
      ])
  }

  @Test("a file over the limit is refused")
  func limitsSize() {
    var limits = TOMLReader.Limits()
    limits.bytes = 5
    #expect(TOMLReader.read("a = 1", limits: limits).problems == [])
    #expect(
      TOMLReader.read("a = 10", limits: limits).problems.map(\.message)
        == ["the file has 6 bytes; at most 5 are read"])
  }

  @Test(
    "very many tables, keys and elements are read in reasonable time", .timeLimit(.minutes(5)),
    arguments: [
      LongText(repeating: "[[a]]\n", count: 20_000),
      LongText("a = [", repeating: "1,", count: 50_000, "]"),
      LongText((0..<10_000).map { "key\($0) = 1\n" }.joined()),
      LongText((0..<10_000).map { "[t\($0)]\n" }.joined()),
      LongText(repeating: "#\n", count: 50_000), LongText(repeating: "[x\n", count: 30_000),
      LongText("a = \"\"\"", repeating: "\\\n", count: 50_000, "\"\"\""),
    ])
  func staysQuick(source: LongText) {
    let document = TOMLReader.read(source.text)
    #expect(document.root.entries.count + document.problems.count > 0 || source.text.hasPrefix("#"))
  }

  @Test("every line can be quoted, and every place found again")
  func positions() {
    let document = TOMLReader.read("a = 1\r\n\r\n\"é\" = \"\"\"x\ny\"\"\"\n")
    #expect(document.line(1) == "a = 1")
    #expect(document.line(2) == "")
    #expect(document.line(3) == "\"é\" = \"\"\"x")
    #expect(document.line(4) == "y\"\"\"")
    #expect(document.line(0) == "" && document.line(99) == "")
    let entry = document.root.entries[1]
    #expect(document.position(of: entry.keyPlace.lowerBound) == TOMLPosition(line: 3, column: 1))
    #expect(document.position(of: entry.node.place.lowerBound) == TOMLPosition(line: 3, column: 7))
    #expect(document.width(of: entry.node.place) == 4)
    #expect(document.text(of: entry.keyPlace) == "\"é\"")
    #expect(document.position(of: 10_000).line == 5)
  }
}
