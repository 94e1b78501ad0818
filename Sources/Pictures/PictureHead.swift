/// What the head of a picture's file says, read without a decoder.
///
/// For looking at what was just written; files of strangers are probed by libav, which knows more
/// and trusts less.
package struct PictureHead: Sendable, Equatable {
  /// The formats whose heads are known.
  package enum Format: Sendable {
    case png, jpeg, webp, gif
  }

  package let format: Format
  package let width: Int
  package let height: Int

  private init(_ format: Format, _ width: Int, _ height: Int) {
    self.format = format
    self.width = width
    self.height = height
  }

  /// The head of a file; nil where it is none of these or is not whole.
  package init?(of bytes: [UInt8]) {
    guard let head = Self.png(bytes) ?? Self.jpeg(bytes) ?? Self.webP(bytes) ?? Self.gif(bytes)
    else { return nil }
    self = head
  }

  private static func png(_ bytes: [UInt8]) -> PictureHead? {
    let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    // The file's last twelve bytes are its end's chunk; without it, it was cut.
    guard bytes.count > 45, bytes.starts(with: signature), has("IHDR", bytes, at: 12),
      has("IEND", bytes, at: bytes.count - 8)
    else { return nil }
    return PictureHead(.png, big(bytes, 16, 4), big(bytes, 20, 4))
  }

  private static func jpeg(_ bytes: [UInt8]) -> PictureHead? {
    guard bytes.starts(with: [0xFF, 0xD8]), bytes.suffix(2).elementsEqual([0xFF, 0xD9]) else {
      return nil
    }
    var place = 2
    while place + 9 < bytes.count, bytes[place] == 0xFF {
      let marker = bytes[place + 1]
      // A frame's start, whatever its kind, but for the three others of these sixteen.
      if (0xC0...0xCF).contains(marker), ![0xC4, 0xC8, 0xCC].contains(marker) {
        return PictureHead(.jpeg, big(bytes, place + 7, 2), big(bytes, place + 5, 2))
      }
      place += 2 + big(bytes, place + 2, 2)
    }
    return nil
  }

  private static func webP(_ bytes: [UInt8]) -> PictureHead? {
    guard bytes.count >= 30, has("RIFF", bytes, at: 0), has("WEBP", bytes, at: 8),
      little(bytes, 4, 4) + 8 == bytes.count
    else { return nil }
    if has("VP8 ", bytes, at: 12), bytes[23...].starts(with: [0x9D, 0x01, 0x2A]) {
      return PictureHead(
        .webp, little(bytes, 26, 2) & 0x3FFF, little(bytes, 28, 2) & 0x3FFF)
    }
    if has("VP8L", bytes, at: 12), bytes[20] == 0x2F {
      let bits = little(bytes, 21, 4)
      return PictureHead(.webp, bits & 0x3FFF + 1, bits >> 14 & 0x3FFF + 1)
    }
    guard has("VP8X", bytes, at: 12) else { return nil }
    return PictureHead(.webp, little(bytes, 24, 3) + 1, little(bytes, 27, 3) + 1)
  }

  private static func gif(_ bytes: [UInt8]) -> PictureHead? {
    guard bytes.count > 13, has("GIF8", bytes, at: 0), bytes.last == 0x3B else { return nil }
    return PictureHead(.gif, little(bytes, 6, 2), little(bytes, 8, 2))
  }

  private static func has(_ letters: StaticString, _ bytes: [UInt8], at place: Int) -> Bool {
    letters.withUTF8Buffer { bytes[place...].starts(with: $0) }
  }

  private static func big(_ bytes: [UInt8], _ place: Int, _ count: Int) -> Int {
    bytes[place..<place + count].reduce(0) { $0 << 8 | Int($1) }
  }

  private static func little(_ bytes: [UInt8], _ place: Int, _ count: Int) -> Int {
    bytes[place..<place + count].reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
