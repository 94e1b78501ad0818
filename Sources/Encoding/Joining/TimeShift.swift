import Media

/// By how much all times of a film move, so that none is negative and broadcasts begin at nothing.
///
/// Whole milliseconds, since Matroska counts in those: what was in step stays in step.
struct TimeShift: Sendable, Hashable {
  let milliseconds: Int64

  /// No move.
  static let none = TimeShift(milliseconds: 0)

  init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// The move that a film's kept streams need.
  ///
  /// Formats of broadcasts begin anywhere, an hour into the day; all others mean the times they tell.
  init(film: Film, tracks: [PlannedTrack], table: FrameTable) {
    let first = table.ticks.first.map { MediaTime(ticks: $0, timebase: table.timebase) }
    let others = tracks.filter { $0.source.index != film.video.index && !$0.isCover }
      .compactMap { Self.heard($0.source) }
    let earliest = (others + [first].compactMap { $0 }).map(\.seconds).min() ?? 0
    let beginsAnywhere = film.format == "mpegts" || film.format == "mpeg"
    let isMoved = earliest < 0 || beginsAnywhere
    milliseconds = isMoved ? Int64((-earliest * 1_000).rounded(.up)) : 0
  }

  /// When a stream begins; what Opus throws away before it is heard does not count.
  private static func heard(_ stream: StreamDescription) -> MediaTime? {
    guard let start = stream.start else { return nil }
    let delay = CodecDelay.ticks(of: stream.parameters, in: .mkv, timebase: start.timebase)
    return MediaTime(ticks: start.ticks + delay, timebase: start.timebase)
  }

  /// It in ticks of a time base, rounded.
  func ticks(in timebase: Rational) -> Int64 {
    MediaTime(ticks: milliseconds, timebase: Rational(1, 1_000)).rescaled(to: timebase).ticks
  }

  /// A time moved.
  func moved(_ time: MediaTime) -> MediaTime {
    MediaTime(ticks: time.ticks + ticks(in: time.timebase), timebase: time.timebase)
  }

  /// A table moved; in finer ticks where its own cannot tell milliseconds.
  func moved(_ table: FrameTable) -> FrameTable {
    guard milliseconds != 0 else { return table }
    var moved = table
    let (over, under) = (Int64(table.timebase.numerator), Int64(table.timebase.denominator))
    let isExact = milliseconds * under % (over * 1_000) == 0
    let factor: Int64 = isExact ? 1 : 1_000 * over
    // Ticks of over/under seconds are `factor` ticks of 1/(1000 · under), or the same as before.
    if !isExact { moved.timebase = Rational(1, Int(1_000 * under)) }
    let offset = isExact ? ticks(in: table.timebase) : milliseconds * under
    moved.ticks = table.ticks.map { $0 * factor + offset }
    moved.lastDuration = table.lastDuration * factor
    return moved
  }
}
