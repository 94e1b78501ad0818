/// The beginning of a text: UTF-8 by now, without its byte order mark, and fit to be read.
struct TextHead {
  let bytes: ArraySlice<UInt8>

  /// The text that a head is; nil where it is none.
  init?(_ head: Head) {
    var text = head.bytes[...]
    if head.has([0xFF, 0xFE]) || head.has([0xFE, 0xFF]) {
      guard let made = Self.fromUTF16(head) else { return nil }
      text = made[...]
    } else if !Self.isUTF8(text, isWhole: head.isWhole) {
      return nil
    }
    bytes = text.starts(with: [0xEF, 0xBB, 0xBF]) ? text.dropFirst(3) : text
    guard bytes.allSatisfy(Self.isReadable) else { return nil }
  }

  /// Tabs, ends of lines and pages, escapes of terminals, and all that is no control character.
  private static func isReadable(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte != 0x7F || (9...13).contains(byte) && byte != 11 || byte == 0x1B
  }

  private static func isUTF8(_ bytes: ArraySlice<UInt8>, isWhole: Bool) -> Bool {
    if UTF8.isValid(bytes) { return true }
    // A head that is not whole may end inside a character of up to four bytes.
    guard !isWhole, let last = bytes.suffix(3).lastIndex(where: { $0 >= 0xC0 }) else {
      return false
    }
    let missing = bytes[last] >= 0xF0 ? 4 : bytes[last] >= 0xE0 ? 3 : 2
    return bytes.endIndex - last < missing && UTF8.isValid(bytes[..<last])
      && bytes[(last + 1)...].allSatisfy { $0 & 0xC0 == 0x80 }
  }

  private static func fromUTF16(_ head: Head) -> [UInt8]? {
    let isLittle = head.has([0xFF, 0xFE])
    var units: [UInt16] = []
    for place in stride(from: 2, to: head.bytes.count - 1, by: 2) {
      let (first, second) = (UInt16(head.bytes[place]), UInt16(head.bytes[place + 1]))
      units.append(isLittle ? second << 8 | first : first << 8 | second)
    }
    // Half of a character at the end of what is not whole is no damage.
    if !head.isWhole, let last = units.last, (0xD800..<0xDC00).contains(last) { units.removeLast() }
    var bytes: [UInt8] = []
    let isDamaged = transcode(
      units.makeIterator(), from: UTF16.self, to: UTF8.self, stoppingOnError: true
    ) { bytes.append($0) }
    return isDamaged || units.isEmpty ? nil : bytes
  }

  /// Its lines but for the last, which may be cut.
  var lines: [ArraySlice<UInt8>] {
    var lines = bytes.split(separator: 10, omittingEmptySubsequences: false)
    if lines.count > 1 { lines.removeLast() }
    return lines
  }

  /// Whether it begins so.
  func begins(with text: String) -> Bool { bytes.starts(with: text.utf8) }

  /// Whether a text is somewhere in it.
  func contains(_ text: String) -> Bool {
    Head(bytes: Array(bytes), size: nil).place(of: text) != nil
  }
}

extension UTF8 {
  /// Whether bytes are UTF-8, without making a string of them.
  fileprivate static func isValid(_ bytes: ArraySlice<UInt8>) -> Bool {
    String(validating: bytes, as: UTF8.self) != nil
  }
}
