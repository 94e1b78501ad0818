extension TOMLReader {
  private static let quote = UInt8(ascii: "\"")
  private static let apostrophe = UInt8(ascii: "'")

  /// Reads `"…"` with its escapes.
  mutating func basicLine() throws(TOMLProblem) -> String {
    let start = place
    var text: [UInt8] = []
    place += 1
    while !take(Self.quote) {
      if take(UInt8(ascii: "\\")) {
        text += try escape()
      } else {
        text.append(try sign(of: start))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Reads `'…'`, in which nothing is special.
  mutating func literalLine() throws(TOMLProblem) -> String {
    let start = place
    var text: [UInt8] = []
    place += 1
    while !take(Self.apostrophe) { text.append(try sign(of: start)) }
    return String(decoding: text, as: UTF8.self)
  }

  /// Reads `"""…"""` with its escapes.
  mutating func basicLines() throws(TOMLProblem) -> String {
    let start = place
    var text: [UInt8] = []
    place += 3
    _ = takeNewline()
    while !takeEnd(Self.quote, into: &text) {
      if next == UInt8(ascii: "\\") {
        place += 1
        if try !skipFoldedLine() { text += try escape() }
      } else {
        text.append(try lineOrSign(of: start))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Reads `'''…'''`, in which nothing is special.
  mutating func literalLines() throws(TOMLProblem) -> String {
    let start = place
    var text: [UInt8] = []
    place += 3
    _ = takeNewline()
    while !takeEnd(Self.apostrophe, into: &text) { text.append(try lineOrSign(of: start)) }
    return String(decoding: text, as: UTF8.self)
  }

  /// Takes the three closing quotes; one or two more before them belong to the text.
  private mutating func takeEnd(_ quote: UInt8, into text: inout [UInt8]) -> Bool {
    let run = bytes[place...].prefix(5).prefix { $0 == quote }.count
    guard run >= 3 else { return false }
    text += repeatElement(quote, count: run - 3)
    place += run
    return true
  }

  private mutating func sign(of start: Int) throws(TOMLProblem) -> UInt8 {
    guard let byte = next, byte != UInt8(ascii: "\n"), !starts(with: "\r\n") else {
      throw since(start, "this text is never closed", hint: "end it with the quote it begins with")
    }
    guard !Self.isForbidden(byte) else {
      throw here("a control character in a text", hint: "write it as an escape, such as \\u001b")
    }
    place += 1
    return byte
  }

  private mutating func lineOrSign(of start: Int) throws(TOMLProblem) -> UInt8 {
    guard place < bytes.count else {
      let opening = TOMLProblem(
        start..<start + 3, "this text is never closed", hint: "end it with three quotes")
      throw opening
    }
    return takeNewline() ? UInt8(ascii: "\n") : try sign(of: start)
  }

  /// After a backslash: takes the rest of the line if it is empty, and all white space after it.
  private mutating func skipFoldedLine() throws(TOMLProblem) -> Bool {
    let start = place
    skipBlanks()
    guard takeNewline() else {
      place = start
      return false
    }
    repeat { skipBlanks() } while takeNewline()
    return true
  }

  private mutating func escape() throws(TOMLProblem) -> [UInt8] {
    let start = place - 1
    guard let byte = next else { throw since(start, "an escape without its letter") }
    place += 1
    switch byte {
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "r"): return [0x0D]
    case Self.quote, UInt8(ascii: "\\"): return [byte]
    case UInt8(ascii: "u"): return try scalar(digits: 4, from: start)
    case UInt8(ascii: "U"): return try scalar(digits: 8, from: start)
    default:
      throw since(
        start, "an unknown escape",
        hint: #"write a backslash as \\, or the text in '…', where it means itself"#)
    }
  }

  private mutating func scalar(digits: Int, from start: Int) throws(TOMLProblem) -> [UInt8] {
    let text = bytes[place...].prefix(digits)
    place += text.count
    guard text.count == digits,
      text.allSatisfy({ $0 < 0x80 && Character(Unicode.Scalar($0)).isHexDigit }),
      let value = UInt32(String(decoding: text, as: UTF8.self), radix: 16)
    else { throw since(start, "\(digits) hexadecimal digits should follow") }
    guard let scalar = Unicode.Scalar(value) else {
      throw since(start, "no sign of Unicode has this number")
    }
    return Array(String(Character(scalar)).utf8)
  }
}
