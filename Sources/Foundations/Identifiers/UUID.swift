/// A universally unique identifier (RFC 9562), in 128 bits.
package struct UUID: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The first eight bytes: in version 7 the time.
  package let high: UInt64
  /// The last eight bytes.
  package let low: UInt64

  /// An identifier by its bits.
  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// A random identifier (version 4).
  package static func random(using random: any RandomSource) -> UUID {
    UUID(high: random.next(), low: random.next()).marked(version: 4)
  }

  /// A time-ordered identifier (version 7).
  ///
  /// Those of one millisecond are in random order unless `sequence` (12 bits) tells them apart;
  /// `IDMaker` counts it.
  package static func timeOrdered(
    at time: Timestamp, sequence: UInt16? = nil, using random: any RandomSource
  ) -> UUID {
    // Times before 1970 and after 10889 do not fit into 48 bits; they are held at the ends.
    let milliseconds = UInt64(min(max(0, time.microseconds / 1_000), 1 << 48 - 1))
    let inMillisecond = UInt64(sequence ?? UInt16(truncatingIfNeeded: random.next())) & 0xFFF
    return UUID(high: milliseconds << 16 | inMillisecond, low: random.next()).marked(version: 7)
  }

  private func marked(version: UInt64) -> UUID {
    UUID(
      high: high & ~0xF000 | version << 12,
      low: low & ~(3 << 62) | 1 << 63)
  }

  /// The version of RFC 9562: 4 is random, 7 ordered by time.
  package var version: Int { Int(high >> 12 & 0xF) }

  /// When a version 7 identifier was made, to the millisecond; nil for the other versions.
  package var time: Timestamp? {
    version == 7 ? Timestamp(microseconds: Int64(high >> 16) * 1_000) : nil
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }
}

extension UUID {
  private static let hyphens = [8, 13, 18, 23]
  private static let length = 36

  /// Reads the 36-character form and nothing else: no braces, no `urn:uuid:`, no spaces.
  ///
  /// Capital letters are read, as the RFC asks, and never written.
  package init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == Self.length else { return nil }
    var halves: [UInt64] = [0, 0]
    var digits = 0
    for (place, byte) in bytes.enumerated() {
      if Self.hyphens.contains(place) {
        guard byte == UInt8(ascii: "-") else { return nil }
        continue
      }
      guard let digit = Self.digit(byte) else { return nil }
      halves[digits / 16] = halves[digits / 16] << 4 | digit
      digits += 1
    }
    self.init(high: halves[0], low: halves[1])
  }

  private static func digit(_ byte: UInt8) -> UInt64? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }

  /// Thirty-two lower-case digits in five groups: `01932f4e-6b1a-7c3d-8e9f-0a1b2c3d4e5f`.
  package var description: String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(Self.length)
    for half in [high, low] {
      for shift in stride(from: 60, through: 0, by: -4) {
        if Self.hyphens.contains(text.count) { text.append(UInt8(ascii: "-")) }
        text.append(digits[Int(half >> UInt64(shift) & 0xF)])
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
