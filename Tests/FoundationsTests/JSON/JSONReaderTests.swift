import Foundations
import Testing

@Suite("Reading JSON")
struct JSONReaderTests {
  @Test("every kind of value is read")
  func readsEveryKind() throws {
    let value = try JSONReader.read(
      #" {"a": [1, -2.5e3, true, false, null, "x"], "b": {"c": ""}, "d": [], "e": {}} "#)
    #expect(value["a"] == [1, .number(try number("-2.5e3")), true, false, nil, "x"])
    #expect(value["b"]?["c"] == "")
    #expect(value["d"] == [])
    #expect(value["e"] == [:])
    #expect(value["a"]?[1]?.double == -2500)
    #expect(value["a"]?[6] == nil)
    #expect(value["f"] == nil)
  }

  @Test(
    "what is not JSON is refused with its line and column",
    arguments: [
      ("", 1, 1), ("[1,]", 1, 4), ("{\"a\" 1}", 1, 6), ("[1\n 2]", 2, 2), ("01", 1, 1),
      ("1.", 1, 3),
      ("1e", 1, 3), ("+1", 1, 1), (".5", 1, 1), ("-", 1, 2), ("tru", 1, 1), ("nul", 1, 1),
      ("[1] x", 1, 5), ("'a'", 1, 1), ("{a: 1}", 1, 2), ("\"a\u{1}\"", 1, 4), ("\"a", 1, 3),
      ("\"\\x\"", 1, 4), ("\"\\u12g4\"", 1, 4), ("\"\\u12", 1, 4), ("{\"a\":1,}", 1, 8),
      ("[", 1, 2),
      ("{", 1, 2), ("NaN", 1, 1), ("// note", 1, 1), ("\u{B}1", 1, 1), ("1\u{A0}", 1, 2),
    ])
  func refuses(text: String, line: Int, column: Int) {
    let failure = #expect(throws: JSONFailure.self) { try JSONReader.read(text) }
    #expect(failure?.code == .jsonMalformed)
    #expect(
      failure?.message.contains("line \(line), column \(column):") == true, "\(failure as Any)")
  }

  @Test(
    "text that is not UTF-8 is refused",
    arguments: [
      [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
      [0x22, 0xC3, 0x22],
    ] as [[UInt8]])
  func refusesBrokenEncoding(bytes: [UInt8]) {
    #expect(throws: JSONFailure.self) { try JSONReader.read(bytes) }
  }

  @Test(
    "escapes mean what they say",
    arguments: [
      (#""\u00e9""#, "\u{E9}"), (#""\ud83d\ude00""#, "\u{1F600}"),
      (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
      (#""\u0000""#, "\0"), (#""\uD83D""#, "\u{FFFD}"), (#""\ude00x""#, "\u{FFFD}x"),
      (#""\ud83d\u0041""#, "\u{FFFD}A"), (#""\ud83d\ud83d\ude00""#, "\u{FFFD}\u{1F600}"),
      (#""\ud83d\n""#, "\u{FFFD}\n"),
    ])
  func readsEscapes(text: String, expected: String) throws {
    let read = try JSONReader.read(text).string
    #expect(read.map { Array($0.unicodeScalars) } == Array(expected.unicodeScalars))
  }

  @Test("a byte order mark at the start is passed over")
  func passesOverByteOrderMark() throws {
    #expect(try JSONReader.read([0xEF, 0xBB, 0xBF, 0x31]) == 1)
  }

  @Test("nesting is read up to the limit and refused past it")
  func limitsDepth() throws {
    let limit = JSONReader.Limits().depth
    let deepest = nested(limit)
    #expect(try JSONReader.read(deepest).text() == deepest)
    let failure = #expect(throws: JSONFailure.self) { try JSONReader.read(nested(limit + 1)) }
    #expect(failure?.code == .jsonTooDeep)
    // A million brackets must end in a failure and not at the end of the stack.
    #expect(throws: JSONFailure.self) {
      try JSONReader.read([UInt8](repeating: UInt8(ascii: "["), count: 1_000_000))
    }
  }

  @Test("text over the limit is refused before it is read")
  func limitsSize() {
    var limits = JSONReader.Limits()
    limits.bytes = 4
    #expect(throws: Never.self) { try JSONReader.read("1234", limits: limits) }
    let failure = #expect(throws: JSONFailure.self) { try JSONReader.read("12345", limits: limits) }
    #expect(failure?.code == .jsonTooLarge)
    #expect(failure?.code.httpStatus == 413)
  }

  @Test("the last of two members with one name wins, in the first one's place")
  func lastMemberWins() throws {
    #expect(try JSONReader.read(#"{"a":1,"b":2,"a":3}"#).text() == #"{"a":3,"b":2}"#)
  }

  @Test("names that differ only in how an accent is written are two members")
  func namesAreBytes() throws {
    let text = "{\"\u{E9}\":1,\"e\u{301}\":2}"
    let value = try JSONReader.read(text)
    #expect(value.text() == text)
    #expect(value["\u{E9}"] == 1)
    #expect(value["e\u{301}"] == 2)
  }

  @Test("an object with very many names is read in reasonable time", .timeLimit(.minutes(5)))
  func readsManyNames() throws {
    let text = "{" + (0..<100_000).map { "\"name\($0)\":\($0)" }.joined(separator: ",") + "}"
    #expect(try JSONReader.read(text).object?.members.count == 100_000)
  }

  private func nested(_ depth: Int) -> String {
    String(repeating: "[", count: depth) + "1" + String(repeating: "]", count: depth)
  }

  private func number(_ text: String) throws -> JSONNumber {
    guard case .number(let number) = try JSONReader.read(text) else { throw NotANumber() }
    return number
  }

  private struct NotANumber: Error {}
}
