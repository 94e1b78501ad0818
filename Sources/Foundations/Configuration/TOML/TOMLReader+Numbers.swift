extension TOMLReader {
  /// The value of a word that should be a number.
  func number(_ text: String, from start: Int) throws(TOMLProblem) -> TOMLValue {
    guard let first = text.utf8.first, Self.isDigit(first) || "+-.".utf8.contains(first) else {
      throw TOMLProblem(start..<place, "this is no value", word: text, hint: Self.hint(for: text))
    }
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where text.hasPrefix(prefix) {
      return try wholeNumber(String(text.dropFirst(2)), radix: radix, from: start)
    }
    let unsigned = "+-".utf8.contains(first) ? text.dropFirst() : text[...]
    let whole = unsigned.prefix { $0.isASCII && ($0.isNumber || $0 == "_") }
    guard Self.isWhole(whole) else { throw malformed(text, from: start) }
    if whole.count == unsigned.count {
      return try wholeNumber(text, radix: 10, from: start)
    }
    guard Self.isFraction(unsigned.dropFirst(whole.count)),
      let value = Double(text.filter { $0 != "_" }), value.isFinite
    else { throw malformed(text, from: start) }
    return .float(value)
  }

  private func wholeNumber(
    _ text: String, radix: Int, from start: Int
  ) throws(TOMLProblem) -> TOMLValue {
    let digits = text.drop { radix == 10 && ($0 == "+" || $0 == "-") }
    // What Int64 would read besides digits is a sign, and that has been taken off or is wrong here.
    guard Self.areDigits(digits, radix: radix) else { throw malformed(text, from: start) }
    guard let value = Int64(text.filter { $0 != "_" }, radix: radix) else {
      throw since(start, "the number is too large; whole numbers go to 9223372036854775807")
    }
    return .integer(value)
  }

  /// Digits with single underscores between them.
  private static func areDigits(_ text: some StringProtocol, radix: Int) -> Bool {
    text.split(separator: "_", omittingEmptySubsequences: false).allSatisfy { group in
      !group.isEmpty && group.utf8.allSatisfy { digitValue($0).map { $0 < radix } ?? false }
    }
  }

  private static func digitValue(_ byte: UInt8) -> Int? {
    Character(Unicode.Scalar(byte)).isASCII ? Character(Unicode.Scalar(byte)).hexDigitValue : nil
  }

  /// Digits that do not begin with a zero, unless they are one.
  private static func isWhole(_ text: Substring) -> Bool {
    areDigits(text, radix: 10) && (text.first != "0" || text.count == 1)
  }

  /// What may follow the whole part: `.5`, `e10`, `.5e-10`.
  private static func isFraction(_ text: Substring) -> Bool {
    var rest = text
    if rest.first == "." {
      let digits = rest.dropFirst().prefix { $0 != "e" && $0 != "E" }
      guard areDigits(digits, radix: 10) else { return false }
      rest = rest.dropFirst(digits.count + 1)
    }
    guard let sign = rest.first else { return true }
    guard sign == "e" || sign == "E" else { return false }
    rest = rest.dropFirst()
    if rest.first == "+" || rest.first == "-" { rest = rest.dropFirst() }
    return areDigits(rest, radix: 10)
  }

  private func malformed(_ text: String, from start: Int) -> TOMLProblem {
    let isTime = text.contains(":") || text.dropFirst().contains("-")
    return TOMLProblem(
      start..<place, "this is no number, date or time", word: text,
      hint: isTime
        ? "a time is written 2026-11-21T01:19:43Z; a text stands in quotes"
        : "digits may have single underscores between them and no zero before them; a text stands "
          + "in quotes")
  }

  private static func hint(for word: String) -> String {
    switch word.lowercased() {
    case "true", "yes", "on": "write true"
    case "false", "no", "off": "write false"
    default: "a text stands in quotes"
    }
  }
}
