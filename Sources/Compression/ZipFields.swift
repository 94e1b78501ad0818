import Foundations

/// The numbers that both ends of a ZIP archive agree on (PKWARE's APPNOTE 6.3.10).
enum ZipFields {
  static let localHead: UInt32 = 0x0403_4B50
  static let descriptor: UInt32 = 0x0807_4B50
  static let centralHead: UInt32 = 0x0201_4B50
  static let end: UInt32 = 0x0605_4B50
  static let wideEnd: UInt32 = 0x0606_4B50
  static let wideLocator: UInt32 = 0x0706_4B50
  static let wideExtra: UInt16 = 1
  static let timeExtra: UInt16 = 0x5455
  /// Sizes follow the content; names are UTF-8.
  static let flags: UInt16 = 1 << 3 | 1 << 11
  /// What stands where a number does not fit: the wide one has it.
  static let wide32 = UInt32.max
  static let wide16 = UInt16.max

  /// A time as DOS keeps it, in steps of two seconds from 1980 to 2107.
  static func dosTime(_ time: Timestamp) -> UInt32 {
    let text = Array(time.description.utf8)
    func number(_ range: Range<Int>) -> UInt32 {
      text[range].reduce(0) { $0 * 10 + UInt32($1 &- 48) }
    }
    guard text.count == 24, number(0..<4) >= 1980 else { return 1 << 21 | 1 << 16 }
    guard number(0..<4) < 2108 else { return 0xFF9F_BF7D }
    let date = (number(0..<4) - 1980) << 9 | number(5..<7) << 5 | number(8..<10)
    return date << 16 | number(11..<13) << 11 | number(14..<16) << 5 | number(17..<19) / 2
  }
}

extension [UInt8] {
  /// Appends a number, the least valued byte first.
  mutating func append(little value: some FixedWidthInteger & UnsignedInteger) {
    for shift in stride(from: 0, to: value.bitWidth, by: 8) {
      append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  /// A number of up to eight bytes, the least valued first; nil behind the end.
  func little(_ count: Int, at place: Int) -> UInt64? {
    guard place >= 0, place <= self.count - count else { return nil }
    return self[place..<place + count].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
