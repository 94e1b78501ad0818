/// The two checksums of 32 bits that the containers use.
enum CRC32 {
  private static let reflected: [UInt32] = (0..<256).map { index in
    var value = UInt32(index)
    for _ in 0..<8 { value = value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
    return value
  }

  private static let straight: [UInt32] = (0..<256).map { index in
    var value = UInt32(index) << 24
    for _ in 0..<8 { value = value >> 31 == 1 ? 0x04C1_1DB7 ^ (value << 1) : value << 1 }
    return value
  }

  /// PNG's: bits from the lowest, begun with ones and inverted at the end.
  static func png(_ bytes: [UInt8]) -> UInt32 {
    var value: UInt32 = 0xFFFF_FFFF
    for byte in bytes { value = reflected[Int((value ^ UInt32(byte)) & 0xFF)] ^ (value >> 8) }
    return ~value
  }

  /// Ogg's: bits from the highest, begun with zeros.
  static func ogg(_ bytes: [UInt8], after start: UInt32 = 0) -> UInt32 {
    var value = start
    for byte in bytes { value = straight[Int((value >> 24) ^ UInt32(byte))] ^ (value << 8) }
    return value
  }
}
