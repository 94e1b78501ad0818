/// An amount of data in bytes, as people write it.
package struct ByteSize: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// How many bytes.
  package let bytes: Int64

  /// An amount by its bytes.
  package init(bytes: Int64) { self.bytes = bytes }

  /// Reads `1500`, `10MB`, `1.5 GB`, `1GiB`, in any case.
  ///
  /// `kB`, `MB`, `GB`, `TB`, `PB` are powers of 1000, as on the disk's box; `KiB`, `MiB`, … powers
  /// of 1024. A bare letter (`10M`) means the power of 1000 too. Nil where it is none of these.
  package init?(parsing text: String) {
    guard text.utf8.count <= 60 else { return nil }
    let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let name = text.dropFirst(number.count).drop { $0 == " " }.lowercased()
    guard let unit = Self.units[name], let amount = DecimalText(number)?.times(unit) else {
      return nil
    }
    bytes = amount
  }

  private static let units: [String: Int64] = {
    var units: [String: Int64] = ["": 1, "b": 1]
    var decimal = Int64(1)
    var binary = Int64(1)
    for letter in ["k", "m", "g", "t", "p"] {
      decimal *= 1_000
      binary *= 1_024
      units[letter] = decimal
      units["\(letter)b"] = decimal
      units["\(letter)i"] = binary
      units["\(letter)ib"] = binary
    }
    return units
  }()

  package static func < (left: Self, right: Self) -> Bool { left.bytes < right.bytes }

  /// For people: `1.5 MB`.
  package var description: String { HumanText.bytes(bytes) }
}
