import CFFmpeg

/// A point in a stream, counted in ticks of its time base.
///
/// Exact: no rounding to seconds.
package struct MediaTime: Sendable, Hashable {
  /// How many ticks since the stream's zero.
  package let ticks: Int64
  /// How long a tick is, in seconds.
  package let timebase: Rational

  /// A point by its ticks.
  package init(ticks: Int64, timebase: Rational) {
    self.ticks = ticks
    self.timebase = timebase
  }

  /// Nothing, where libav says it has no timestamp.
  init?(_ ticks: Int64, _ timebase: AVRational) {
    guard ticks != mediary_nopts else { return nil }
    self.init(ticks: ticks, timebase: Rational(timebase))
  }

  /// The point in seconds, for people and for JSON.
  package var seconds: Double {
    Double(ticks) * Double(timebase.numerator) / Double(timebase.denominator)
  }

  /// The nearest point in another time base; halves go away from zero, as libav rounds them.
  package func rescaled(to timebase: Rational) -> MediaTime {
    let dividend = Int128(self.timebase.numerator) * Int128(timebase.denominator)
    let divisor = Int128(self.timebase.denominator) * Int128(timebase.numerator)
    precondition(divisor > 0, "a time base is more than nothing")
    let scaled = Int128(ticks) * dividend
    let half = scaled < 0 ? -(divisor / 2) : divisor / 2
    return MediaTime(ticks: Int64(clamping: (scaled + half) / divisor), timebase: timebase)
  }
}
