/// The names of files that are not finished: `.temp-<16 hex digits>.<name>`.
///
/// The sign stands in front, so that the name keeps its extension: tools that are given the path
/// judge by it. The dot hides the file from listings, and `SafeName` never makes such a name.
enum TemporaryName {
  private static let sign = Array(".temp-".utf8)
  private static let digits = 16

  /// A temporary name for a file that will bear `name`.
  static func make(for name: FileName, _ number: UInt64) -> FileName {
    let hex = String(number, radix: 16)
    let front = sign + String(repeating: "0", count: digits - hex.utf8.count).utf8 + hex.utf8 + [46]
    // The end of a long name is kept, because the extension is there, from a whole character on.
    let tail = name.bytes.suffix(SafeName.longest - front.count).drop { $0 & 0xC0 == 0x80 }
    guard let made = FileName(bytes: front + tail) else {
      preconditionFailure("a sign before a name is a name")
    }
    return made
  }

  /// Whether a name is one of these.
  static func isOne(_ name: FileName) -> Bool {
    let rest = name.bytes.dropFirst(sign.count)
    return name.bytes.starts(with: sign) && rest.count > digits + 1
      && rest.prefix(digits).allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
      && rest.dropFirst(digits).first == UInt8(ascii: ".")
  }
}
