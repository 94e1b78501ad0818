import Foundations

/// What was asked from outside: how large, how good.
enum LimitChecks {
  static let sizeName = "encoded_percent"

  static func all(
    _ content: OutputContent, _ film: Film, _ limits: OutputLimits
  ) -> [OutputCheck] {
    [size(content, film, limits), quality(limits)].compactMap { $0 }
  }

  private static func size(
    _ content: OutputContent, _ film: Film, _ limits: OutputLimits
  ) -> OutputCheck? {
    guard let limit = limits.maximumPercent, film.size > 0 else { return nil }
    let percent = Double(content.size) * 100 / Double(film.size)
    return OutputCheck(
      sizeName, expected: "at most \(String(limit, decimals: 1)) %",
      found: "\(String(percent, decimals: 1)) %", isOK: percent <= limit)
  }

  private static func quality(_ limits: OutputLimits) -> OutputCheck? {
    guard let quality = limits.quality else { return nil }
    return OutputCheck(
      "quality",
      expected: "\(quality.metric) \(String(quality.target, decimals: 2)) or more, within"
        + " \(String(quality.tolerance, decimals: 2))",
      found: "\(quality.metric) \(String(quality.value, decimals: 2))",
      isOK: quality.value >= quality.target - quality.tolerance)
  }
}
