/// From the least to the best score that a chart shows, and where its lines lie.
struct ScoreScale: Sendable {
  let low: Double
  let high: Double
  /// The scores that have a line.
  let ticks: [Double]

  /// A scale that has room for scores and a target; VMAF ends at 100.
  init(_ scores: [Double], target: Double?, best: Double?) {
    let all = scores + [target].compactMap { $0 }
    let (least, most) = (all.min() ?? 0, all.max() ?? 100)
    let span = max((best ?? most) - least, 1)
    let step = [0.5, 1, 2, 5, 10, 20].first { span / $0 <= 5 } ?? 25
    low = max(0, ((least - step * 0.1) / step).rounded(.down) * step)
    high = best ?? ((most + step * 0.1) / step).rounded(.up) * step
    let count = Int(((high - low) / step).rounded(.down))
    let (low, high) = (low, high)
    ticks = (0...max(0, count)).map { low + Double($0) * step }.filter { $0 <= high }
  }

  /// How far down a score is: 0 at the top, 1 at the bottom.
  func place(_ score: Double) -> Double {
    1 - min(max((score - low) / max(high - low, 1e-9), 0), 1)
  }
}
