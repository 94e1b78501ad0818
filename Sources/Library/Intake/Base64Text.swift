import Foundations

/// Content written as text: base64 in its common forms, or a data URI.
package struct Base64Text: Sendable, Equatable {
  /// How many letters are accepted.
  package static let longest = 1 << 30

  /// The content.
  package let bytes: [UInt8]
  /// The type that a data URI announces.
  package let declaredType: String?

  /// Reads base64, plain or with the letters for addresses, with or without padding and with white
  /// space anywhere; or a data URI of it or of percent-coded bytes.
  package init(_ text: String) throws(LibraryFailure) {
    let letters = Array(text.utf8)
    guard letters.count <= Self.longest else {
      throw LibraryFailure(
        .libraryBadBase64, "the text has \(letters.count) letters",
        hint: "send content of more than \(Self.longest / 4 * 3) bytes as it is")
    }
    let start = letters.firstIndex { !Self.isSpace($0) } ?? letters.endIndex
    let head = String(decoding: letters[start...].prefix(5), as: UTF8.self).lowercased()
    guard head == "data:" else {
      bytes = try Self.decode(letters[start...])
      declaredType = nil
      return
    }
    guard let comma = letters[start...].firstIndex(of: UInt8(ascii: ",")) else {
      throw LibraryFailure(.libraryBadBase64, "the data URI has no comma")
    }
    let words = String(decoding: letters[(start + 5)..<comma], as: UTF8.self).split(
      separator: ";", omittingEmptySubsequences: false)
    let type = words.first.map { String($0).lowercased() } ?? ""
    declaredType = type.isEmpty ? "text/plain" : type
    let isBase64 = words.last?.lowercased() == "base64"
    let rest = letters[(comma + 1)...]
    let plain = try Self.withoutPercents(rest)
    bytes = isBase64 ? try Self.decode(plain[...]) : plain
  }

  private static func isSpace(_ letter: UInt8) -> Bool {
    letter == 0x20 || (0x09...0x0D).contains(letter)
  }

  private static func decode(_ letters: ArraySlice<UInt8>) throws(LibraryFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(letters.count / 4 * 3)
    var word: UInt32 = 0
    var count = 0
    var padding = 0
    for (place, letter) in letters.enumerated() where !isSpace(letter) {
      if letter == UInt8(ascii: "=") {
        padding += 1
        continue
      }
      guard let value = value(of: letter), padding == 0 else {
        throw LibraryFailure(
          .libraryBadBase64, "letter \(place + 1) is none of base64",
          hint: "send the bytes as they are, or as base64")
      }
      word = word << 6 | UInt32(value)
      count += 1
      guard count % 4 == 0 else { continue }
      bytes += [UInt8(word >> 16 & 255), UInt8(word >> 8 & 255), UInt8(word & 255)]
      word = 0
    }
    // What is left over: two letters are one byte, three are two, and one is none.
    switch count % 4 {
    case 0 where padding == 0: break
    case 2 where padding == 0 || padding == 2: bytes.append(UInt8(word >> 4 & 255))
    case 3 where padding <= 1: bytes += [UInt8(word >> 10 & 255), UInt8(word >> 2 & 255)]
    default:
      throw LibraryFailure(.libraryBadBase64, "the text ends in the middle of a byte")
    }
    return bytes
  }

  private static func value(of letter: UInt8) -> UInt8? {
    switch letter {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): letter - 65
    case UInt8(ascii: "a")...UInt8(ascii: "z"): letter - 71
    case UInt8(ascii: "0")...UInt8(ascii: "9"): letter + 4
    case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
    case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
    default: nil
    }
  }

  private static func withoutPercents(
    _ letters: ArraySlice<UInt8>
  ) throws(LibraryFailure) -> [UInt8] {
    guard letters.contains(UInt8(ascii: "%")) else { return Array(letters) }
    var bytes: [UInt8] = []
    var place = letters.startIndex
    while place < letters.endIndex {
      guard letters[place] == UInt8(ascii: "%") else {
        bytes.append(letters[place])
        place += 1
        continue
      }
      let digits = String(decoding: letters[(place + 1)...].prefix(2), as: UTF8.self)
      guard digits.utf8.count == 2, digits.first != "+", let byte = UInt8(digits, radix: 16) else {
        throw LibraryFailure(.libraryBadBase64, "the data URI has a percent sign without digits")
      }
      bytes.append(byte)
      place += 3
    }
    return bytes
  }
}
