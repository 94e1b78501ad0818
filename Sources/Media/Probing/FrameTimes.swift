/// Judges from the times of frames whether they come at an even pace.
package enum FrameTimes {
  /// The pace of frames by their times in ticks, in any order; nil for too few to tell.
  ///
  /// Containers round times to their ticks (Matroska to milliseconds), so gaps of 33 and 34 are
  /// one pace. What counts as uneven is more than that rounding and more than one part in fifty.
  package static func mode(of ticks: [Int64]) -> MediaReport.FrameRateMode? {
    guard ticks.count >= 3 else { return nil }
    let sorted = ticks.sorted()
    // The last gap is left out: the final frame of a cut film often lasts longer.
    let gaps = zip(sorted.dropFirst(), sorted).map { $0 - $1 }.filter { $0 > 0 }.dropLast()
    guard let shortest = gaps.min(), let longest = gaps.max() else { return nil }
    let spread = longest - shortest
    return spread <= 2 || spread * 50 <= shortest ? .constant : .variable
  }

  /// Frames a second over the times that were seen; nil for too few to tell.
  package static func rate(of ticks: [Int64], timebase: Rational) -> Double? {
    guard ticks.count >= 3, let first = ticks.min(), let last = ticks.max(), last > first,
      let tick = timebase.double
    else { return nil }
    return Double(ticks.count - 1) / (Double(last - first) * tick)
  }
}
