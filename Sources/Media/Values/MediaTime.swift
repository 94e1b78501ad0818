import CFFmpeg

/// A point in a stream, counted in ticks of its time base. Exact: no rounding to seconds.
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

  /// The nearest point in another time base.
  package func rescaled(to timebase: Rational) -> MediaTime {
    MediaTime(ticks: av_rescale_q(ticks, self.timebase.raw, timebase.raw), timebase: timebase)
  }
}
