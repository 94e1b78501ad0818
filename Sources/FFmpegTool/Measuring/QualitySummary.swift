/// What is told of a film's scores in short.
package struct QualitySummary: Sendable, Hashable {
  package let mean: Double
  /// The score that one frame in twenty does not reach.
  package let p5: Double
  /// The worst frame's.
  package let least: Double

  /// A summary of some scores; nil of none.
  package init?(_ scores: [Double]) {
    guard !scores.isEmpty else { return nil }
    let sorted = scores.sorted()
    mean = scores.reduce(0, +) / Double(scores.count)
    least = sorted[0]
    // Between the two scores next to it, so that one frame more or less moves it little.
    let place = 0.05 * Double(sorted.count - 1)
    let below = Int(place)
    let above = min(below + 1, sorted.count - 1)
    p5 = sorted[below] + (sorted[above] - sorted[below]) * (place - Double(below))
  }
}
