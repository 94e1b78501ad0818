import Media

/// Reads what `CompactWriter` wrote; what is missing reads as 0, and is told at the end.
struct CompactReader {
  private let bytes: [UInt8]
  private var place: Int
  /// Whether something was missing.
  private(set) var isShort = false

  init(_ bytes: [UInt8], from place: Int) {
    self.bytes = bytes
    self.place = place
  }

  var isAtEnd: Bool { place == bytes.count }

  mutating func byte() -> UInt8 {
    guard place < bytes.count else {
      isShort = true
      return 0
    }
    defer { place += 1 }
    return bytes[place]
  }

  mutating func number() -> Int { Int(clamping: unsigned()) }

  /// How many things follow: each takes a byte at least.
  mutating func count() -> Int {
    let count = number()
    guard count <= bytes.count - place else {
      isShort = true
      return 0
    }
    return count
  }

  mutating func signed() -> Int64 {
    let value = unsigned()
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  private mutating func unsigned() -> UInt64 {
    var (value, shift): (UInt64, UInt64) = (0, 0)
    while shift < 64 {
      let next = byte()
      value |= UInt64(next & 0x7F) << shift
      if next & 0x80 == 0 { return value }
      shift += 7
    }
    isShort = true
    return 0
  }

  mutating func fixed() -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: 0, to: 64, by: 8) { value |= UInt64(byte()) << UInt64(shift) }
    return value
  }

  mutating func text() -> String {
    String(decoding: (0..<count()).map { _ in byte() }, as: UTF8.self)
  }

  mutating func table() -> FrameTable? {
    let timebase = Rational(number(), number())
    var last: Int64 = 0
    let ticks = (0..<count()).map { _ -> Int64 in
      last = last &+ signed()
      return last
    }
    let lastDuration = signed()
    let entries = (0..<count()).map { _ in
      FrameTable.Entry(frame: number(), ticks: signed())
    }
    guard !isShort else { return nil }
    return FrameTable(
      timebase: timebase, ticks: ticks, lastDuration: lastDuration, entries: entries)
  }
}
