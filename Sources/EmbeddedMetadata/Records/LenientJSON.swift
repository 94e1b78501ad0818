import Foundations

/// JSON as other tools write it: Python's NaN and infinities count as nothing.
enum LenientJSON {
  /// Nil where it is no JSON, or is deeper or longer than is accepted.
  static func read(_ text: String) -> JSONValue? {
    var limits = JSONReader.Limits()
    limits.bytes = MetadataLimits.text
    if let value = try? JSONReader.read(text, limits: limits) { return value }
    let bytes = Array(text.utf8)
    guard bytes.firstPlace(of: "NaN") != nil || bytes.firstPlace(of: "Infinity") != nil else {
      return nil
    }
    return try? JSONReader.read(withoutNaN(bytes), limits: limits)
  }

  /// An object, nil where the text is anything else.
  static func object(_ text: String) -> JSONObject? {
    guard text.utf8.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") else { return nil }
    return read(text)?.object
  }

  private static func withoutNaN(_ bytes: [UInt8]) -> [UInt8] {
    let words = ["-Infinity", "Infinity", "NaN"].map { Array($0.utf8) }
    var out: [UInt8] = []
    var (place, isText, isEscaped) = (0, false, false)
    while place < bytes.count {
      let byte = bytes[place]
      if !isText, let word = words.first(where: { bytes[place...].starts(with: $0) }) {
        out += "null".utf8
        place += word.count
        continue
      }
      if byte == UInt8(ascii: "\""), !isEscaped { isText.toggle() }
      isEscaped = isText && byte == UInt8(ascii: "\\") && !isEscaped
      out.append(byte)
      place += 1
    }
    return out
  }
}
