// What `HumanText` rounds for people must be exact in a configuration: these texts read back the
// same through `parsing:`.

extension Duration {
  /// The duration in the largest units that say it, to the microsecond: `1h30m`, `1s500ms`, `0s`.
  package var exactText: String {
    let units: [(name: String, microseconds: Int128)] = [
      ("d", 86_400_000_000), ("h", 3_600_000_000), ("m", 60_000_000), ("s", 1_000_000),
      ("ms", 1_000), ("us", 1),
    ]
    let (seconds, attoseconds) = components
    let whole = Int128(seconds) * 1_000_000 + Int128(attoseconds) / 1_000_000_000_000
    var left = whole < 0 ? -whole : whole
    if left == 0 { return "0s" }
    var text = whole < 0 ? "-" : ""
    for unit in units {
      let (count, rest) = left.quotientAndRemainder(dividingBy: unit.microseconds)
      if count > 0 { text += "\(count)\(unit.name)" }
      left = rest
    }
    return text
  }
}

extension ByteSize {
  /// The size in the largest unit of which it is a whole number: `10GB`, `64MiB`, `1500B`.
  package var exactText: String {
    let units: [(name: String, bytes: Int64)] = [
      ("PiB", 1 << 50), ("PB", 1_000_000_000_000_000), ("TiB", 1 << 40), ("TB", 1_000_000_000_000),
      ("GiB", 1 << 30), ("GB", 1_000_000_000), ("MiB", 1 << 20), ("MB", 1_000_000),
      ("KiB", 1 << 10), ("kB", 1_000),
    ]
    guard bytes != 0, let unit = units.first(where: { bytes % $0.bytes == 0 }) else {
      return "\(bytes)B"
    }
    return "\(bytes / unit.bytes)\(unit.name)"
  }
}
