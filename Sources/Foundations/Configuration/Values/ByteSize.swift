/// A number of bytes that is written with a unit: `10GB`, `512MiB`.
package struct ByteSize: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// How many.
  package let bytes: Int64

  /// So many bytes.
  package init(bytes: Int64) { self.bytes = bytes }

  /// So many units of 1,000,000 bytes.
  package static func megabytes(_ count: Int64) -> ByteSize { ByteSize(bytes: count * 1_000_000) }

  /// So many units of 1,000,000,000 bytes.
  package static func gigabytes(_ count: Int64) -> ByteSize {
    ByteSize(bytes: count * 1_000_000_000)
  }

  package static func < (left: Self, right: Self) -> Bool { left.bytes < right.bytes }

  // Largest first. A bare `G` is left out, because half of all programs mean the other one.
  private static let units: [(name: String, bytes: Int128)] = [
    ("PiB", 1 << 50), ("PB", 1_000_000_000_000_000), ("TiB", 1 << 40), ("TB", 1_000_000_000_000),
    ("GiB", 1 << 30), ("GB", 1_000_000_000), ("MiB", 1 << 20), ("MB", 1_000_000), ("KiB", 1 << 10),
    ("kB", 1_000), ("B", 1),
  ]

  /// Reads `10GB`, `1.5 GiB`, `512` (bytes); nil for other units and for parts of a byte.
  package init?(_ text: String) {
    var rest = Substring(text.filter { $0 != " " })
    guard let number = DecimalPrefix(taking: &rest) else { return nil }
    let name = rest.isEmpty ? "b" : rest.lowercased()
    guard let unit = Self.units.first(where: { $0.name.lowercased() == name }),
      let bytes = number.times(unit.bytes), bytes <= Int64.max
    else { return nil }
    self.init(bytes: Int64(bytes))
  }

  /// The size in the largest unit that says it exactly.
  package var description: String {
    guard bytes != 0 else { return "0B" }
    let unit = Self.units.first { Int128(bytes) % $0.bytes == 0 } ?? ("B", 1)
    return "\(Int128(bytes) / unit.bytes)\(unit.name)"
  }
}
