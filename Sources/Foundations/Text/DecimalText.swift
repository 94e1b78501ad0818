/// A plain decimal number as somebody typed it: digits, perhaps a point and more digits.
///
/// Swift's own `Double(_:)` also takes `nan`, `0x1p3` and `1e9`, which nobody means on a command
/// line or in a configuration; and whole amounts of bytes or nanoseconds must not pass through a
/// binary fraction on their way.
struct DecimalText {
  private let whole: Int64
  private let fraction: [UInt8]

  /// Reads the whole of the text; nil where it is not a number of this form, or too large.
  init?(_ text: some StringProtocol) {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), text.utf8.count <= 40 else { return nil }
    let fraction = parts.count == 2 ? Array(parts[1]) : []
    guard !(parts[0].isEmpty && fraction.isEmpty) else { return nil }
    guard Self.areDigits(parts[0]), Self.areDigits(fraction) else { return nil }
    guard let whole = parts[0].isEmpty ? 0 : Int64(String(decoding: parts[0], as: UTF8.self))
    else { return nil }
    self.whole = whole
    self.fraction = fraction
  }

  private static func areDigits(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  /// The number times a whole unit, cut to a whole; nil where that does not fit.
  func times(_ unit: Int64) -> Int64? {
    var (total, overflows) = whole.multipliedReportingOverflow(by: unit)
    guard !overflows else { return nil }
    // Digit by digit: what remains of the unit is the worth of the next digit, times ten.
    var numerator = Int64(0)
    var denominator = Int64(1)
    for digit in fraction.prefix(15) {
      numerator = numerator * 10 + Int64(digit - UInt8(ascii: "0"))
      denominator *= 10
    }
    let (high, low) = numerator.multipliedFullWidth(by: unit)
    (total, overflows) = total.addingReportingOverflow(
      denominator.dividingFullWidth((high, low)).quotient)
    return overflows ? nil : total
  }
}
