import Glibc

/// How fast work goes and when it will be done: a pure value, told the time.
///
/// Both are smoothed. The rate follows the work within some twenty seconds; the moment of the end
/// is moved gently towards each new reckoning, so that the time left counts down as a clock does
/// instead of jumping about.
package struct ProgressEstimate: Sendable {
  private struct Point {
    var done: Double
    var uptime: Duration
  }

  private var start: Point?
  private var last: Point?
  private var weightedRate = 0.0
  private var weight = 0.0
  private var longestGap = 0.0
  private var end: (predicted: Double, reckonedAt: Double)?

  /// An estimate that knows nothing yet.
  package init() {}

  private static let rateMemory = 20.0
  private static let endMemory = 5.0
  private static let leastGap = 0.05
  private static let leastEvidence = 2.0

  /// Notes how much is done by now.
  ///
  /// Work that falls back behind what it had done has begun anew, and so does the estimate.
  package mutating func record(_ done: Double, at uptime: Duration) {
    guard done.isFinite else { return }
    guard let last, done >= last.done else {
      self = ProgressEstimate()
      start = Point(done: done, uptime: uptime)
      self.last = start
      return
    }
    let gap = (uptime - last.uptime) / .seconds(1)
    // A burst of reports is measured as one; what it did counts at the next.
    guard gap >= Self.leastGap else { return }
    let keep = exp(-gap / Self.rateMemory)
    weightedRate = weightedRate * keep + (done - last.done) / gap * (1 - keep)
    weight = weight * keep + (1 - keep)
    longestGap = max(longestGap, gap)
    self.last = Point(done: done, uptime: uptime)
  }

  /// What is done in a second; nil before there is anything to measure.
  package var perSecond: Double? { weight > 0 ? weightedRate / weight : nil }

  /// The time left until `total` is done, in steps a reader can follow: whole minutes above ten,
  /// five seconds above one, else seconds.
  ///
  /// Nil in the first two seconds, and when the work has been silent for much longer than it was
  /// before: then any number would be a guess.
  package mutating func remaining(to total: Double, at uptime: Duration) -> Duration? {
    guard let start, let last, let perSecond, perSecond > 0 else { return nil }
    let now = uptime / .seconds(1)
    let silence = (uptime - last.uptime) / .seconds(1)
    let evidence = (last.uptime - start.uptime) / .seconds(1)
    guard evidence >= Self.leastEvidence, silence <= max(10, 3 * longestGap) else { return nil }
    let reckoned = last.uptime / .seconds(1) + max(0, total - last.done) / perSecond
    var predicted = reckoned
    if let end {
      let follow = 1 - exp(-max(0, now - end.reckonedAt) / Self.endMemory)
      predicted = end.predicted + (reckoned - end.predicted) * follow
    }
    end = (predicted, now)
    let left = max(0, predicted - now)
    guard left < 1_000 * 86_400 else { return nil }
    return .seconds(Self.stepped(left))
  }

  private static func stepped(_ seconds: Double) -> Int {
    let step = seconds > 600 ? 60.0 : seconds > 60 ? 5.0 : 1.0
    return Int((seconds / step).rounded(.up) * step)
  }
}
