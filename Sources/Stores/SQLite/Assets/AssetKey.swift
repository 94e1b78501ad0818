import SQLite

/// An asset's place in a list.
struct AssetKey {
  let value: SQLValue
  let row: Int64

  /// Whether it comes before another in a list.
  func isBefore(_ other: AssetKey, _ isDescending: Bool) -> Bool {
    isDescending ? other.isLess(than: self) : isLess(than: other)
  }

  private func isLess(than other: AssetKey) -> Bool {
    switch (value, other.value) {
    case (.integer(let left), .integer(let right)): (left, row) < (right, other.row)
    case (.real(let left), .real(let right)): (left, row) < (right, other.row)
    case (.text(let left), .text(let right)):
      NameOrder.isLess(left, right) || (!NameOrder.isLess(right, left) && row < other.row)
    default: row < other.row
    }
  }
}

/// The order of names: by their bytes, but capital letters of ASCII as small ones; SQLite's NOCASE.
enum NameOrder {
  static func isLess(_ left: String, _ right: String) -> Bool {
    left.utf8.lazy.map(small).lexicographicallyPrecedes(right.utf8.lazy.map(small))
  }

  private static func small(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }
}
