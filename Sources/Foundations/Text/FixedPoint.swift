extension String {
  /// A number with so many digits after the point, rounded half away from zero, never `-0.0`.
  ///
  /// What is not finite, or beyond 10^15, is written as Swift writes it.
  package init(_ value: Double, decimals: Int) {
    precondition((0...6).contains(decimals), "0 to 6 digits after the point")
    guard value.isFinite, value.magnitude < 1e15 else {
      self = "\(value)"
      return
    }
    let unit = (0..<decimals).reduce(Int64(1)) { power, _ in power * 10 }
    let (scaled, tooLarge) = Self.scaled(value.magnitude, by: unit)
    guard !tooLarge else {
      self = "\(value)"
      return
    }
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard decimals > 0 else {
      self = "\(sign)\(scaled)"
      return
    }
    let fraction = String(scaled % unit)
    let zeros = String(repeating: "0", count: decimals - fraction.count)
    self = "\(sign)\(scaled / unit).\(zeros)\(fraction)"
  }

  private static func scaled(_ magnitude: Double, by unit: Int64) -> (Int64, Bool) {
    let product = (magnitude * Double(unit)).rounded(.toNearestOrAwayFromZero)
    guard let whole = Int64(exactly: product) else { return (0, true) }
    return (whole, false)
  }

  /// This text with zeros before it up to a length.
  package func zeroPadded(to count: Int) -> String {
    String(repeating: "0", count: max(0, count - self.count)) + self
  }
}
