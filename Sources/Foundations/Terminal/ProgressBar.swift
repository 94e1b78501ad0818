/// A bar of so many columns: a pure function of what is done.
package enum ProgressBar {
  /// A bar filled from the left; full only when all is done.
  package static func filled(
    _ fraction: Double, width: Int, isUnicode: Bool
  ) -> StyledText {
    let width = max(0, width)
    let share = fraction.isFinite ? min(1, max(0, fraction)) : 0
    // In half columns, cut: a bar that is full tells that the work is done.
    let halves = share == 1 ? width * 2 : min(Int(share * Double(width * 2)), width * 2 - 1)
    guard isUnicode else {
      let done = max(0, halves / 2)
      return StyledText(String(repeating: "=", count: done), .accent)
        + StyledText(String(repeating: "-", count: width - done), .quiet)
    }
    let whole = max(0, halves / 2)
    let half = halves > 0 && !halves.isMultiple(of: 2) ? "╸" : ""
    return StyledText(String(repeating: "━", count: whole) + half, .accent)
      + StyledText(String(repeating: "─", count: width - whole - half.count), .quiet)
  }

  /// A piece that wanders to and fro, for work of which nobody knows how much there is.
  package static func wandering(at uptime: Duration, width: Int, isUnicode: Bool) -> StyledText {
    let width = max(0, width)
    let piece = min(width, max(1, width / 5))
    let way = width - piece
    let step = way == 0 ? 0 : Int((uptime / .milliseconds(100)).rounded()) % (2 * way)
    let before = step <= way ? step : 2 * way - step
    let (full, empty) = isUnicode ? ("━", "─") : ("=", "-")
    return StyledText(String(repeating: empty, count: before), .quiet)
      + StyledText(String(repeating: full, count: piece), .accent)
      + StyledText(String(repeating: empty, count: way - before), .quiet)
  }
}
