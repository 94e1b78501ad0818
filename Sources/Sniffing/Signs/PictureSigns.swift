/// Pictures that begin with a sign of their own.
enum PictureSigns {
  static func type(of head: Head) -> ContentType? {
    if head.has([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      return isAnimated(head) ? .apng : .png
    }
    if head.has([0xFF, 0xD8, 0xFF]) { return .jpeg }
    if head.has("GIF87a") || head.has("GIF89a") { return .gif }
    if head.has("RIFF"), head.has("WEBP", at: 8) { return .webp }
    if head.has([0xFF, 0x0A]) || head.has([0, 0, 0, 12] + Array("JXL \r\n".utf8) + [0x87, 10]) {
      return .jxl
    }
    // The third is TIFF of more than four gigabytes.
    if head.has("II*\0") || head.has("MM\0*") || head.has("II+\0") || head.has("MM\0+") {
      return .tiff
    }
    if head.has([0x76, 0x2F, 0x31, 0x01]) { return .exr }
    return isBitmap(head) ? .bmp : nil
  }

  /// Whether a PNG announces frames (acTL), which stands before the picture (IDAT).
  private static func isAnimated(_ head: Head) -> Bool {
    var place = 8
    while let length = head.big(4, at: place), let type = head.word(at: place + 4) {
      if type == "acTL" { return true }
      if type == "IDAT" || length > UInt64(ContentType.headSize) { return false }
      place += 12 + Int(length)
    }
    return false
  }

  private static func isBitmap(_ head: Head) -> Bool {
    // Two letters begin many a text; the size of the second header is one of a few.
    guard head.has("BM"), let header = head.little(4, at: 14) else { return false }
    return [12, 16, 40, 52, 56, 64, 108, 124].contains(header)
  }
}
