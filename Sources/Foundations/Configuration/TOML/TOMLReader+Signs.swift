// The single signs: blanks, comments, ends of lines.
extension TOMLReader {
  var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  static func isBareKey(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// Control characters that may stand nowhere but as ends of lines.
  static func isForbidden(_ byte: UInt8) -> Bool { byte < 0x20 && byte != 0x09 || byte == 0x7F }

  func starts(with text: StaticString) -> Bool {
    text.withUTF8Buffer { bytes[place...].starts(with: $0) }
  }

  /// Takes one byte if it is that.
  mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    place += 1
    return true
  }

  mutating func takeNewline() -> Bool {
    if starts(with: "\r\n") {
      place += 2
      return true
    }
    return take(UInt8(ascii: "\n"))
  }

  mutating func skipBlanks() {
    while let byte = next, Self.isBlank(byte) { place += 1 }
  }

  mutating func skipComment() throws(TOMLProblem) {
    guard next == UInt8(ascii: "#") else { return }
    while let byte = next, byte != UInt8(ascii: "\n"), !starts(with: "\r\n") {
      guard !Self.isForbidden(byte) else { throw here("a control character in a comment") }
      place += 1
    }
  }

  /// Skips what may stand between the parts of a list: blanks, ends of lines, comments.
  mutating func skipLines() throws(TOMLProblem) {
    repeat {
      skipBlanks()
      try skipComment()
    } while takeNewline()
  }

  /// A problem with the sign that comes next.
  func here(_ message: String, hint: String? = nil) -> TOMLProblem {
    TOMLProblem(place..<min(place + 1, bytes.count), message, hint: hint)
  }

  /// A problem with everything since a place.
  func since(_ start: Int, _ message: String, hint: String? = nil) -> TOMLProblem {
    TOMLProblem(start..<place, message, hint: hint)
  }
}
