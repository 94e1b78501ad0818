/// A point in wall-clock time, in microseconds since 1970 (UTC).
package struct Timestamp: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Microseconds since 1970-01-01T00:00:00Z.
  package let microseconds: Int64

  /// A point by its microseconds since 1970.
  package init(microseconds: Int64) { self.microseconds = microseconds }

  package static func < (left: Self, right: Self) -> Bool {
    left.microseconds < right.microseconds
  }

  /// The point a duration later; past the ends of what can be said, the end.
  ///
  /// A deadline "for ever from now" is made with a very long duration and must not trap.
  package static func + (point: Self, duration: Duration) -> Self {
    let (seconds, attoseconds) = duration.components
    let (whole, tooLong) = seconds.multipliedReportingOverflow(by: 1_000_000)
    let (span, stillTooLong) = whole.addingReportingOverflow(attoseconds / 1_000_000_000_000)
    let (sum, tooLate) = point.microseconds.addingReportingOverflow(span)
    guard tooLong || stillTooLong || tooLate else { return Timestamp(microseconds: sum) }
    return Timestamp(microseconds: seconds < 0 ? .min : .max)
  }

  /// The time from `right` to `left`.
  package static func - (left: Self, right: Self) -> Duration {
    .microseconds(left.microseconds) - .microseconds(right.microseconds)
  }

  /// RFC 3339 in UTC with milliseconds: `2026-11-21T01:19:43.123Z`.
  package var description: String {
    let second = Self.floor(microseconds, 1_000_000)
    let day = Self.floor(second, 86_400)
    let inDay = second - day * 86_400
    let (year, month, dayOfMonth) = Self.civil(day)
    let millisecond = Self.modulo(microseconds, 1_000_000) / 1_000
    return
      "\(Self.pad(year, 4))-\(Self.pad(month, 2))-\(Self.pad(dayOfMonth, 2))T"
      + "\(Self.pad(inDay / 3_600, 2)):\(Self.pad(inDay / 60 % 60, 2)):\(Self.pad(inDay % 60, 2))"
      + ".\(Self.pad(millisecond, 3))Z"
  }

  private static func floor(_ value: Int64, _ unit: Int64) -> Int64 {
    value / unit - (value % unit < 0 ? 1 : 0)
  }

  private static func modulo(_ value: Int64, _ unit: Int64) -> Int64 {
    let rest = value % unit
    return rest < 0 ? rest + unit : rest
  }

  private static func pad(_ value: Int64, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  // Days since 1970 to year, month, day, by counting in eras of 400 years that begin in March, so
  // that the leap day is the last of its year.
  private static func civil(_ days: Int64) -> (Int64, Int64, Int64) {
    let shifted = days + 719_468
    let era = floor(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }
}
