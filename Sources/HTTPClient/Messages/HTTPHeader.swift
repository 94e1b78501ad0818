/// One line of a request's or an answer's head.
package struct HTTPHeader: Sendable, Hashable {
  /// Its name, in whatever case; names are compared without it.
  package let name: String
  package let value: String

  /// A header of a request; one that would break it apart is refused.
  ///
  /// Characters of other scripts go out as UTF-8, which not every server expects.
  package init(_ name: String, _ value: String) throws(HTTPFailure) {
    guard !name.isEmpty, name.utf8.allSatisfy(Self.isOfName) else {
      throw HTTPFailure(
        .httpBadHeader, "a header's name holds characters that it must not",
        hint: "names are letters, digits and hyphens")
    }
    // A line break would end the header, and let its value write another or the body.
    guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
      throw HTTPFailure(
        .httpBadHeader, "the value of the header \(name) holds line breaks or control characters",
        hint: "a header is one line")
    }
    self.init(unchecked: name, value)
  }

  private init(unchecked name: String, _ value: String) {
    self.name = name
    self.value = value
  }

  /// A header of an answer, from its line; nil for a line that is none.
  init?(line: String) {
    guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex else {
      return nil
    }
    let value = line[colon...].utf8.dropFirst().drop { $0 == 0x20 || $0 == 0x09 }
    let end = value.lastIndex { $0 > 0x20 } ?? value.startIndex
    let trimmed = value.isEmpty ? value : value[...end]
    self.init(unchecked: String(line[..<colon]), String(Substring(trimmed)))
  }

  func isCalled(_ name: String) -> Bool { self.name.lowercased() == name.lowercased() }

  /// RFC 9110, 5.6.2: the characters of a token.
  private static func isOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }
}
