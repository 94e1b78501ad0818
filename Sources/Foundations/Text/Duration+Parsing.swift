extension Duration {
  /// Reads a length of time as people write it: `90`, `1.5`, `10s`, `1h30m`, `250ms`, `1:02:03.4`.
  ///
  /// A bare number is in seconds. Units are `d`, `h`, `m` (or `min`), `s`, `ms`, `us`, the larger
  /// first and each at most once; only the last may have a fraction. Nil where it is none of
  /// these, negative, or longer than 292 years.
  package init?(parsing text: String) {
    guard text.utf8.count <= 60, !text.isEmpty else { return nil }
    let nanoseconds =
      text.contains(":") ? Self.nanoseconds(ofClock: text) : Self.nanoseconds(ofUnits: text)
    guard let nanoseconds else { return nil }
    self = .nanoseconds(nanoseconds)
  }

  private static let second: Int64 = 1_000_000_000

  /// The units, largest first.
  private static let units: [(names: [String], nanoseconds: Int64)] = [
    (["d"], 86_400 * second), (["h"], 3_600 * second), (["m", "min"], 60 * second),
    (["s"], second), (["ms"], second / 1_000), (["us"], second / 1_000_000),
  ]

  private static func nanoseconds(ofUnits text: String) -> Int64? {
    if let bare = DecimalText(text) { return bare.times(second) }
    var rest = Substring(text)
    var smallest = -1
    var total = Int64(0)
    while !rest.isEmpty {
      let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      let name = rest.dropFirst(number.count).prefix { $0.isASCII && $0.isLetter }.lowercased()
      rest = rest.dropFirst(number.count + name.count)
      guard let place = units.firstIndex(where: { $0.names.contains(name) }), place > smallest,
        rest.isEmpty || !number.contains("."),
        let part = DecimalText(number)?.times(units[place].nanoseconds)
      else { return nil }
      smallest = place
      let (sum, overflows) = total.addingReportingOverflow(part)
      guard !overflows else { return nil }
      total = sum
    }
    return total
  }

  /// `M:SS` and `H:MM:SS`, with or without a fraction of the second.
  private static func nanoseconds(ofClock text: String) -> Int64? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), let seconds = parts.last else { return nil }
    var total = Int64(0)
    for (place, part) in parts.dropLast().enumerated() {
      // Only what stands in front may pass 59: `90:00` is an hour and a half.
      guard let value = Int64(part), value >= 0, place == 0 || value < 60, value < 10_000_000
      else { return nil }
      total = total * 60 + value
    }
    guard let nanoseconds = DecimalText(seconds)?.times(second), nanoseconds < 60 * second
    else { return nil }
    return total * 60 * second + nanoseconds
  }
}
