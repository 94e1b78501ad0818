extension HumanText {
  /// A length of time in words, in its two largest units: `250ms`, `12.3s`, `3m 05s`, `1h 02m`,
  /// `2d 03h`.
  ///
  /// Whole seconds are written without a fraction: they were not measured but meant.
  package static func duration(_ duration: Duration) -> String {
    guard duration >= .zero else { return "-" + self.duration(.zero - duration) }
    let seconds = duration / .seconds(1)
    // Thresholds stand where rounding would write the next unit: 59.96 s is not "60.0s".
    if seconds < 0.9995 { return "\(String(seconds * 1_000, decimals: 0))ms" }
    let isWhole = duration.components.attoseconds == 0
    if seconds < 59.95 { return "\(String(seconds, decimals: isWhole ? 0 : 1))s" }
    let whole = Int64(seconds.rounded())
    if whole < 3_600 { return pair(whole / 60, "m", whole % 60, "s") }
    let minutes = Int64((seconds / 60).rounded())
    if minutes < 1_440 { return pair(minutes / 60, "h", minutes % 60, "m") }
    let hours = Int64((seconds / 3_600).rounded())
    return pair(hours / 24, "d", hours % 24, "h")
  }

  private static func pair(_ large: Int64, _ unit: String, _ small: Int64, _ part: String) -> String
  {
    "\(large)\(unit) \(String(small).zeroPadded(to: 2))\(part)"
  }

  /// A place in time as a clock shows it: `0:07`, `12:34`, `1:02:03.4`.
  ///
  /// Cut, not rounded: a clock never shows a second that has not come.
  package static func clock(_ duration: Duration, decimals: Int = 0) -> String {
    precondition((0...6).contains(decimals), "0 to 6 digits after the point")
    let isNegative = duration < .zero
    let (seconds, attoseconds) = (isNegative ? .zero - duration : duration).components
    let minutes = "\(seconds / 60 % 60)"
    let rest = "\(seconds % 60)".zeroPadded(to: 2)
    let large = seconds >= 3_600 ? "\(seconds / 3_600):\(minutes.zeroPadded(to: 2))" : minutes
    let fraction = "\(attoseconds)".zeroPadded(to: 18).prefix(decimals)
    return (isNegative ? "-" : "") + "\(large):\(rest)" + (decimals > 0 ? ".\(fraction)" : "")
  }
}
