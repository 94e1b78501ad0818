import Foundations

/// The time of a film along a chart, with moments that are told.
struct TimeScale: Sendable {
  private static let steps: [Double] = [
    0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400,
  ]

  let seconds: Double
  let ticks: [Double]
  private let decimals: Int

  /// A film so long.
  init(seconds: Double) {
    self.seconds = max(seconds, 1e-3)
    let length = self.seconds
    let step = Self.steps.first { length / $0 <= 8 } ?? 36_000
    decimals = step < 1 ? 1 : 0
    ticks = Array(stride(from: 0, through: length * 0.999, by: step))
  }

  /// How far along a moment is, from 0 to 1.
  func place(_ moment: Double) -> Double { min(max(moment / seconds, 0), 1) }

  /// A moment as a clock shows it.
  func text(_ moment: Double) -> String {
    HumanText.clock(.milliseconds(Int((moment * 1_000).rounded())), decimals: decimals)
  }
}
