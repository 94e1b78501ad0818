import Foundations

/// Times as SQLite and Python write them.
enum FormerTime {
  /// Reads `2025-10-15 08:30:00`, with a T, with fractions, with a Z or an offset.
  static func read(_ text: String) -> Timestamp? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 10, let year = number(bytes, 0, 4), let month = number(bytes, 5, 2),
      let day = number(bytes, 8, 2), (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    var seconds = days(year, month, day) * 86_400
    guard bytes.count >= 16, let hour = number(bytes, 11, 2), let minute = number(bytes, 14, 2)
    else { return Timestamp(microseconds: seconds * 1_000_000) }
    seconds += hour * 3_600 + minute * 60
    var place = 16
    if bytes.count >= 19, bytes[16] == UInt8(ascii: ":"), let second = number(bytes, 17, 2) {
      seconds += second
      place = 19
    }
    var micros: Int64 = 0
    if place < bytes.count, bytes[place] == UInt8(ascii: ".") {
      var unit: Int64 = 100_000
      place += 1
      while place < bytes.count, let digit = number(bytes, place, 1) {
        micros += digit * unit
        unit /= 10
        place += 1
      }
    }
    return Timestamp(microseconds: (seconds - offset(bytes, place)) * 1_000_000 + micros)
  }

  private static func offset(_ bytes: [UInt8], _ place: Int) -> Int64 {
    guard place + 6 <= bytes.count, let hours = number(bytes, place + 1, 2),
      let minutes = number(bytes, place + 4, 2)
    else { return 0 }
    let span = hours * 3_600 + minutes * 60
    switch bytes[place] {
    case UInt8(ascii: "+"): return span
    case UInt8(ascii: "-"): return -span
    default: return 0
    }
  }

  private static func number(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int64? {
    guard start + count <= bytes.count else { return nil }
    var value: Int64 = 0
    for byte in bytes[start..<start + count] {
      guard (48...57).contains(byte) else { return nil }
      value = value * 10 + Int64(byte - 48)
    }
    return value
  }

  /// Days since 1970, counted in years that begin in March.
  private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let year = month <= 2 ? year - 1 : year
    let era = year / 400
    let ofEra = year - era * 400
    let ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
  }
}
