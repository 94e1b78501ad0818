/// Which byte of a number comes first.
enum ByteOrder: Sendable {
  case big
  case little
}

extension [UInt8] {
  /// A number's bytes.
  init(_ value: some BinaryInteger, width: Int, _ order: ByteOrder = .big) {
    let bits = UInt64(truncatingIfNeeded: value)
    let little = (0..<width).map { UInt8(truncatingIfNeeded: bits >> (UInt64($0) * 8)) }
    self = order == .little ? little : little.reversed()
  }

  /// A text's bytes in UTF-8.
  init(text: String) { self = Array(text.utf8) }

  /// The number of so many bytes at a place; nil where there are not so many.
  func number(_ width: Int, at place: Int, _ order: ByteOrder = .big) -> UInt64? {
    guard place >= 0, width <= 8, place <= count - width else { return nil }
    var value: UInt64 = 0
    for index in 0..<width {
      let byte = self[place + (order == .big ? index : width - 1 - index)]
      value = value << 8 | UInt64(byte)
    }
    return value
  }

  /// The number as a count or an offset in memory; nil where it is missing or too large for one.
  func count(_ width: Int, at place: Int, _ order: ByteOrder = .big) -> Int? {
    number(width, at: place, order).flatMap { Int(exactly: $0) }
  }

  /// So many bytes from a place; nil where there are not so many.
  func part(at place: Int, count wanted: Int) -> [UInt8]? {
    guard place >= 0, wanted >= 0, place <= count, wanted <= count - place else { return nil }
    return Array(self[place..<place + wanted])
  }

  /// Whether a text stands at a place.
  func has(_ text: String, at place: Int = 0) -> Bool {
    place >= 0 && place <= count && self[place...].starts(with: text.utf8)
  }

  /// Puts bytes in the place of as many others.
  mutating func overwrite(at place: Int, _ bytes: [UInt8]) {
    replaceSubrange(place..<place + bytes.count, with: bytes)
  }

  /// Where a sequence of bytes begins, from a place on; nil where it does not occur.
  func firstPlace(of wanted: [UInt8], from start: Int = 0) -> Int? {
    guard let first = wanted.first, wanted.count <= count else { return nil }
    var place = Swift.max(0, start)
    while place <= count - wanted.count {
      if self[place] == first, self[place..<place + wanted.count].elementsEqual(wanted) {
        return place
      }
      place += 1
    }
    return nil
  }

  /// Where a text begins, from a place on; nil where it does not occur.
  func firstPlace(of text: String, from start: Int = 0) -> Int? {
    firstPlace(of: Array(text.utf8), from: start)
  }

  /// The bytes up to the first zero, and where what follows it begins; nil where there is none.
  func terminated(at place: Int, limit: Int = .max) -> (bytes: [UInt8], next: Int)? {
    guard place >= 0, place <= count else { return nil }
    let end = limit < count - place ? place + limit : count
    guard let zero = self[place..<end].firstIndex(of: 0) else { return nil }
    return (Array(self[place..<zero]), zero + 1)
  }
}
