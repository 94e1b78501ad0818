/// Text from files, whose bytes are in one of several codings.
enum ForeignText {
  /// UTF-8 where the bytes are that, else Latin-1, which everything is.
  ///
  /// PNG and EXIF ask for Latin-1 or ASCII, but many tools write UTF-8 there.
  static func utf8OrLatin1(_ bytes: some Collection<UInt8>) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    return latin1(bytes)
  }

  /// Latin-1, one sign a byte.
  static func latin1(_ bytes: some Collection<UInt8>) -> String {
    var text = String.UnicodeScalarView()
    for byte in bytes { text.append(Unicode.Scalar(byte)) }
    return String(text)
  }

  /// UTF-16 in the given order, unless a mark at the start names another; odd ends are dropped.
  static func utf16(_ bytes: some Collection<UInt8>, _ order: ByteOrder) -> String {
    var units = units(bytes, order)
    if units.first == 0xFFFE { units = Self.units(bytes, order == .big ? .little : .big) }
    if units.first == 0xFEFF { units.removeFirst() }
    return String(decoding: units, as: UTF16.self)
  }

  /// The text in UTF-16 of an order, without a mark.
  static func utf16Bytes(_ text: String, _ order: ByteOrder) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf16.count * 2)
    for unit in text.utf16 {
      let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
      bytes.append(order == .big ? high : low)
      bytes.append(order == .big ? low : high)
    }
    return bytes
  }

  /// UTF-16 whose order the file's own header may have wrong, as some writers do.
  ///
  /// The header is believed where its order makes the first sign ASCII; else the order that makes
  /// more signs ASCII.
  static func utf16(_ bytes: some Collection<UInt8>, probably order: ByteOrder) -> String {
    let other: ByteOrder = order == .big ? .little : .big
    let (mine, theirs) = (units(bytes, order), units(bytes, other))
    let marks: [UInt16] = [0xFEFF, 0xFFFE]
    if let first = mine.first, first < 0x80 || marks.contains(first) { return utf16(bytes, order) }
    let isASCII = { (unit: UInt16) in unit < 0x80 }
    return mine.count(where: isASCII) >= theirs.count(where: isASCII)
      ? utf16(bytes, order) : utf16(bytes, other)
  }

  private static func units(_ bytes: some Collection<UInt8>, _ order: ByteOrder) -> [UInt16] {
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    var half: UInt8?
    for byte in bytes {
      guard let first = half else {
        half = byte
        continue
      }
      let (high, low) = order == .big ? (first, byte) : (byte, first)
      units.append(UInt16(high) << 8 | UInt16(low))
      half = nil
    }
    return units
  }
}
