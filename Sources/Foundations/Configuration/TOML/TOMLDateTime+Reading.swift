extension TOMLDateTime {
  /// Reads the forms of RFC 3339 that TOML allows, whole or without parts; nil for anything else
  /// and for days that no calendar has.
  init?(_ bytes: ArraySlice<UInt8>) {
    var rest = bytes
    let hasDate = Self.takeDate(&rest)
    if hasDate == false { return nil }
    if hasDate == true, rest.isEmpty {
      self.init(kind: .localDate, text: String(decoding: bytes, as: UTF8.self))
      return
    }
    if hasDate == true {
      guard let sign = rest.popFirst(), "Tt ".utf8.contains(sign) else { return nil }
    }
    guard Self.takeTime(&rest) else { return nil }
    let kind: Kind
    if rest.isEmpty {
      kind = hasDate == true ? .localDateTime : .localTime
    } else {
      guard hasDate == true, Self.takeOffset(&rest), rest.isEmpty else { return nil }
      kind = .offsetDateTime
    }
    self.init(kind: kind, text: String(decoding: bytes, as: UTF8.self))
  }

  /// Takes `2026-11-21`; nil where something else stands, false where no such day exists.
  private static func takeDate(_ rest: inout ArraySlice<UInt8>) -> Bool? {
    let before = rest
    guard let year = take(4, &rest), rest.popFirst() == UInt8(ascii: "-") else {
      rest = before
      return nil
    }
    guard let month = take(2, &rest), rest.popFirst() == UInt8(ascii: "-"), let day = take(2, &rest)
    else { return false }
    return (1...12).contains(month) && (1...days(in: month, of: year)).contains(day)
  }

  /// Takes `01:19:43` with or without a fraction; second 60 is a leap second.
  private static func takeTime(_ rest: inout ArraySlice<UInt8>) -> Bool {
    guard let hour = take(2, &rest), hour < 24, rest.popFirst() == UInt8(ascii: ":"),
      let minute = take(2, &rest), minute < 60, rest.popFirst() == UInt8(ascii: ":"),
      let second = take(2, &rest), second <= 60
    else { return false }
    guard rest.first == UInt8(ascii: ".") else { return true }
    let fraction = rest.dropFirst().prefix(while: TOMLReader.isDigit)
    rest = rest.dropFirst(fraction.count + 1)
    return !fraction.isEmpty
  }

  /// Takes `Z` or `+01:00`.
  private static func takeOffset(_ rest: inout ArraySlice<UInt8>) -> Bool {
    switch rest.popFirst() {
    case UInt8(ascii: "Z"), UInt8(ascii: "z"): return true
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      guard let hour = take(2, &rest), hour < 24, rest.popFirst() == UInt8(ascii: ":"),
        let minute = take(2, &rest)
      else { return false }
      return minute < 60
    default: return false
    }
  }

  /// Takes exactly so many digits.
  private static func take(_ count: Int, _ rest: inout ArraySlice<UInt8>) -> Int? {
    let digits = rest.prefix(count)
    guard digits.count == count, digits.allSatisfy(TOMLReader.isDigit) else { return nil }
    rest = rest.dropFirst(count)
    return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }

  private static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
