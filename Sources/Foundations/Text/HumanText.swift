/// Amounts as people read them: the one place that decides on units, digits and separators.
///
/// The same everywhere and in no locale, so that a line looks alike on every machine. Data and
/// scripts get plain numbers instead.
package enum HumanText {
  /// `999 B`, `1.5 kB`, `12.3 MB`, `123 GB`.
  ///
  /// Powers of 1000, as disks, networks and file managers count; a size read from such a place
  /// must be found again here. One digit after the point below a hundred, none above.
  package static func bytes(_ count: Int64) -> String {
    let magnitude = Double(count.magnitude)
    let sign = count < 0 ? "-" : ""
    guard magnitude >= 1_000 else { return "\(count) B" }
    return sign + scaled(magnitude, units: ["kB", "MB", "GB", "TB", "PB", "EB"])
  }

  /// `1.5 MB/s`.
  package static func byteRate(_ bytesPerSecond: Double) -> String {
    guard bytesPerSecond.isFinite, bytesPerSecond < 1e18 else { return "- B/s" }
    return bytes(Int64(max(0, bytesPerSecond).rounded())) + "/s"
  }

  /// `4.2 Mb/s`, for streams, whose rates are counted in bits.
  package static func bitRate(_ bitsPerSecond: Int64) -> String {
    guard bitsPerSecond >= 1_000 else { return "\(bitsPerSecond) b/s" }
    return scaled(Double(bitsPerSecond), units: ["kb/s", "Mb/s", "Gb/s", "Tb/s", "Pb/s", "Eb/s"])
  }

  /// Divides by thousands until it fits; a value that rounds up to 1000 takes the next unit.
  private static func scaled(_ magnitude: Double, units: [String]) -> String {
    var value = magnitude / 1_000
    var place = 0
    while value >= 999.5, place + 1 < units.count {
      value /= 1_000
      place += 1
    }
    // 99.95 would be written 100.0.
    return "\(String(value, decimals: value < 99.95 ? 1 : 0)) \(units[place])"
  }

  /// `1,234,567`.
  package static func count(_ value: some BinaryInteger) -> String {
    let digits = String(value.magnitude)
    var grouped = ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place).isMultiple(of: 3) { grouped.append(",") }
      grouped.append(digit)
    }
    return value < 0 ? "-\(grouped)" : grouped
  }

  /// `1 file`, `3 files`, `2 matches`; the plural is the singular with an s unless given.
  package static func count(
    _ value: some BinaryInteger, _ singular: String, _ plural: String? = nil
  ) -> String {
    "\(count(value)) \(value == 1 ? singular : plural ?? "\(singular)s")"
  }

  /// `24.3 fps`, `812 files/s`.
  package static func rate(_ perSecond: Double, _ unit: String) -> String {
    guard perSecond.isFinite else { return "- \(unit)" }
    return "\(String(perSecond, decimals: perSecond.magnitude < 99.95 ? 1 : 0)) \(unit)"
  }

  /// `63.2%`, and `100%` only when it is the whole.
  package static func percent(_ fraction: Double) -> String {
    guard fraction.isFinite else { return "-%" }
    if fraction == 1 { return "100%" }
    let text = String(fraction * 100, decimals: 1)
    // 99.97 is not yet all.
    return fraction < 1 && text == "100.0" ? "99.9%" : "\(text)%"
  }

  /// `1.5x`: how much faster, larger or smaller than another.
  package static func ratio(_ value: Double) -> String {
    guard value.isFinite else { return "-x" }
    return String(value, decimals: value.magnitude < 9.95 ? 2 : 1) + "x"
  }
}
