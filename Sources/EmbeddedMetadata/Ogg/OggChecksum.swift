/// The checksum of Ogg's pages: that of ZIP and PNG with its bits the other way round, begun with
/// zeros, which zlib does not have.
enum OggChecksum {
  private static let table: [UInt32] = (0..<256).map { index in
    var value = UInt32(index) << 24
    for _ in 0..<8 { value = value >> 31 == 1 ? 0x04C1_1DB7 ^ (value << 1) : value << 1 }
    return value
  }

  /// The checksum of bytes behind others, whose checksum is `start`.
  static func of(_ bytes: [UInt8], after start: UInt32 = 0) -> UInt32 {
    var value = start
    for byte in bytes { value = table[Int((value >> 24) ^ UInt32(byte))] ^ (value << 8) }
    return value
  }
}
