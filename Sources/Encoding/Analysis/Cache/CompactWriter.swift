import Media

/// Numbers as bytes: those that are no less than nothing seven bits at a time, the low ones first.
struct CompactWriter {
  var bytes: [UInt8]

  init(_ head: [UInt8]) { bytes = head }

  mutating func number(_ value: Int) { unsigned(UInt64(max(0, value))) }

  /// A number of either sign: the sign lowest.
  mutating func signed(_ value: Int64) { unsigned(UInt64(bitPattern: value << 1 ^ value >> 63)) }

  private mutating func unsigned(_ value: UInt64) {
    var rest = value
    while rest > 0x7F {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// Eight bytes, the low ones first.
  mutating func fixed(_ value: UInt64) {
    for shift in stride(from: 0, to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(shift)))
    }
  }

  /// A text: its length in bytes, and these.
  mutating func write(_ text: String) {
    number(text.utf8.count)
    bytes += Array(text.utf8)
  }

  mutating func write(_ table: FrameTable) {
    number(table.timebase.numerator)
    number(table.timebase.denominator)
    number(table.count)
    var last: Int64 = 0
    for ticks in table.ticks {
      signed(ticks &- last)
      last = ticks
    }
    signed(table.lastDuration)
    number(table.entries.count)
    for entry in table.entries {
      number(entry.frame)
      signed(entry.ticks)
    }
  }
}
