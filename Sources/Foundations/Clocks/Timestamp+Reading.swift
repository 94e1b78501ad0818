extension Timestamp {
  /// Reads RFC 3339 (`2026-11-21T01:19:43.123Z`, `…+01:00`); nil for what is none.
  ///
  /// A space may stand for the `T`, and fractions of any length are read to the microsecond. With
  /// `assumingOffset` a time without a zone is read too, as one of that zone: older programs wrote
  /// such.
  package init?(rfc3339 text: some StringProtocol, assumingOffset zone: Duration? = nil) {
    var rest = Array(text.utf8)[...]
    guard let day = Self.takeDay(&rest), let sign = rest.popFirst(), "Tt ".utf8.contains(sign),
      let time = Self.takeTime(&rest)
    else { return nil }
    let offset: Int64
    if rest.isEmpty, let zone {
      offset = zone.components.seconds
    } else {
      guard let read = Self.takeOffset(&rest), rest.isEmpty else { return nil }
      offset = read
    }
    self.init(microseconds: (day * 86_400 - offset) * 1_000_000 + time)
  }

  /// The same point without what RFC 3339 in milliseconds cannot say.
  package var inMilliseconds: Timestamp {
    let rest = microseconds % 1_000
    return Timestamp(microseconds: microseconds - (rest < 0 ? rest + 1_000 : rest))
  }

  /// Takes `2026-11-21` and gives the days since 1970.
  private static func takeDay(_ rest: inout ArraySlice<UInt8>) -> Int64? {
    guard let year = digits(4, &rest), rest.popFirst() == UInt8(ascii: "-"),
      let month = digits(2, &rest), rest.popFirst() == UInt8(ascii: "-"),
      let day = digits(2, &rest), (1...12).contains(month),
      (1...lastDay(of: month, in: year)).contains(day)
    else { return nil }
    // Years begin in March here, so that the leap day is the last of its year.
    let shifted = month > 2 ? year : year - 1
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// Takes `01:19:43.5` and gives the microseconds since midnight.
  private static func takeTime(_ rest: inout ArraySlice<UInt8>) -> Int64? {
    guard let hour = digits(2, &rest), hour < 24, rest.popFirst() == UInt8(ascii: ":"),
      let minute = digits(2, &rest), minute < 60, rest.popFirst() == UInt8(ascii: ":"),
      let second = digits(2, &rest), second <= 60
    else { return nil }
    var fraction: Int64 = 0
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      var unit: Int64 = 100_000
      guard let first = rest.first, (48...57).contains(first) else { return nil }
      while let digit = rest.first, (48...57).contains(digit) {
        fraction += Int64(digit - 48) * unit
        unit /= 10
        rest = rest.dropFirst()
      }
    }
    return ((hour * 60 + minute) * 60 + second) * 1_000_000 + fraction
  }

  /// Takes `Z` or `+01:00` and gives the seconds east of UTC.
  private static func takeOffset(_ rest: inout ArraySlice<UInt8>) -> Int64? {
    guard let sign = rest.popFirst() else { return nil }
    if sign | 0x20 == UInt8(ascii: "z") { return 0 }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), let hour = digits(2, &rest),
      hour < 24, rest.popFirst() == UInt8(ascii: ":"), let minute = digits(2, &rest), minute < 60
    else { return nil }
    return (sign == UInt8(ascii: "-") ? -1 : 1) * (hour * 60 + minute) * 60
  }

  private static func digits(_ count: Int, _ rest: inout ArraySlice<UInt8>) -> Int64? {
    let digits = rest.prefix(count)
    guard digits.count == count, digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
    rest = rest.dropFirst(count)
    return digits.reduce(0) { $0 * 10 + Int64($1 - 48) }
  }

  private static func lastDay(of month: Int64, in year: Int64) -> Int64 {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
