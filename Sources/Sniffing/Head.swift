/// The first bytes of a content, which may end anywhere.
struct Head {
  let bytes: [UInt8]
  /// How many bytes there are in all; nil where nobody knows.
  let size: Int64?

  /// Whether these are all bytes there are.
  var isWhole: Bool { size == Int64(bytes.count) }

  /// Whether a text stands at a place.
  func has(_ text: String, at place: Int = 0) -> Bool { has(Array(text.utf8), at: place) }

  /// Whether bytes stand at a place.
  func has(_ sign: [UInt8], at place: Int = 0) -> Bool {
    place >= 0 && place <= bytes.count - sign.count
      && bytes[place..<place + sign.count].elementsEqual(sign)
  }

  /// The byte at a place, nil behind the end.
  subscript(place: Int) -> UInt8? { bytes.indices.contains(place) ? bytes[place] : nil }

  /// A number of up to eight bytes, the most valued first; nil behind the end.
  func big(_ count: Int, at place: Int) -> UInt64? { part(count, place)?.reduce(0, Self.shifted) }

  /// A number of up to eight bytes, the least valued first; nil behind the end.
  func little(_ count: Int, at place: Int) -> UInt64? {
    part(count, place)?.reversed().reduce(0, Self.shifted)
  }

  /// Four signs at a place, nil behind the end.
  func word(at place: Int) -> String? {
    part(4, place).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The first place of a text from a place on.
  func place(of text: String, from start: Int = 0, before end: Int? = nil) -> Int? {
    let sign = Array(text.utf8)
    let last = min(end ?? bytes.count, bytes.count) - sign.count
    guard start >= 0, start <= last else { return nil }
    return (start...last).first { has(sign, at: $0) }
  }

  private func part(_ count: Int, _ place: Int) -> ArraySlice<UInt8>? {
    place >= 0 && place <= bytes.count - count ? bytes[place..<place + count] : nil
  }

  private static func shifted(_ sum: UInt64, _ byte: UInt8) -> UInt64 { sum << 8 | UInt64(byte) }
}
