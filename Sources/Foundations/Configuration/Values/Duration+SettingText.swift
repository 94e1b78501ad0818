extension Duration {
  /// The units of a written duration, largest first, in nanoseconds.
  private static let units: [(name: String, nanoseconds: Int128)] = [
    ("w", 604_800_000_000_000), ("d", 86_400_000_000_000), ("h", 3_600_000_000_000),
    ("m", 60_000_000_000), ("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1_000), ("ns", 1),
  ]

  /// Reads `30s`, `500ms`, `1.5h` or `1h30m`; nil where a unit is missing or unknown.
  ///
  /// A bare number is refused: whether 30 means seconds or milliseconds is a guess.
  package init?(settingText text: String) {
    var rest = Substring(text.filter { $0 != " " })
    guard !rest.isEmpty else { return nil }
    var sum: Int128 = 0
    while !rest.isEmpty {
      guard let number = DecimalPrefix(taking: &rest) else { return nil }
      let name = rest.prefix { $0.isLetter }
      rest = rest.dropFirst(name.count)
      guard let unit = Self.units.first(where: { $0.name == name.lowercased() }),
        let part = number.times(unit.nanoseconds)
      else { return nil }
      sum += part
      guard sum <= Int64.max else { return nil }
    }
    self = .nanoseconds(Int64(sum))
  }

  /// The duration in the largest units that say it exactly, to the nanosecond: `1h30m`, `0s`.
  package var settingText: String {
    let (seconds, attoseconds) = components
    var left = (Int128(seconds) * 1_000_000_000 + Int128(attoseconds) / 1_000_000_000).magnitude
    if left == 0 { return "0s" }
    var text = self < .zero ? "-" : ""
    // Weeks are read but not written: 14d is easier to compare with 10d than 2w is.
    for unit in Self.units.dropFirst() {
      let count = left / unit.nanoseconds.magnitude
      if count > 0 { text += "\(count)\(unit.name)" }
      left %= unit.nanoseconds.magnitude
    }
    return text
  }
}
