import FFmpegTool
import Glibc

/// What a film's finished segments let expect of the next.
///
/// Each of a curve's three numbers is taken for normally distributed within a film, around a mean
/// that lies around experience's. Segments near by count for more.
struct TitlePrior: Sendable {
  /// One of a curve's numbers as experience has it.
  private struct Expectation {
    let mean: Double
    let within: Double
    let between: Double
  }

  // How many segments experience counts for when a film's own scatter is estimated.
  private static let confidence = 4.0
  // A neighbour so many segments away counts for a third.
  private static let reach = 6.0
  private static let farWeight = 2.0

  private var curves: [(index: Int, mean: [Double])]
  private let metric: QualityMetric

  /// The prior of a film of which nothing is known yet.
  init(metric: QualityMetric) {
    self.metric = metric
    curves = []
  }

  /// Learns from a segment that is finished.
  mutating func learn(_ index: Int, _ curve: CurveEstimate) {
    curves.append((index, curve.mean))
  }

  /// What to expect of a segment.
  func estimate(for index: Int) -> CurveEstimate {
    let expected = Self.experience(metric)
    var mean: [Double] = []
    var variances: [Double] = []
    for part in 0..<3 {
      let (value, variance) = estimate(part, expected[part], for: index)
      mean.append(value)
      variances.append(variance)
    }
    return CurveEstimate(mean: mean, variances: variances)
  }

  private func estimate(
    _ part: Int, _ expected: Expectation, for index: Int
  ) -> (mean: Double, variance: Double) {
    let (within, between) = (expected.within * expected.within, expected.between * expected.between)
    let strength = within / between
    let count = Double(curves.count)
    let title =
      (expected.mean * strength + curves.reduce(0) { $0 + $1.mean[part] }) / (strength + count)
    let scatter = curves.reduce(0) { sum, curve in
      sum + (curve.mean[part] - title) * (curve.mean[part] - title)
    }
    let variance = (within * Self.confidence + scatter) / (Self.confidence + count)
    var (sum, weight) = (title * Self.farWeight, Self.farWeight)
    for curve in curves {
      let near = exp(-Double(abs(curve.index - index)) / Self.reach)
      sum += curve.mean[part] * near
      weight += near
    }
    return (sum / weight, variance * (1 + 1 / (strength + count)))
  }

  /// Measured on films and made pictures at presets 6 and 10; `benchmark/search` has the figures.
  private static func experience(_ metric: QualityMetric) -> [Expectation] {
    switch metric {
    case .vmaf:
      [
        Expectation(mean: 1.65, within: 0.3, between: 0.35),
        Expectation(mean: 0.045, within: 0.012, between: 0.012),
        Expectation(mean: 0.1, within: 0.13, between: 0.14),
      ]
    case .xpsnr:
      [
        Expectation(mean: -38, within: 3, between: 5),
        Expectation(mean: 0.32, within: 0.06, between: 0.06),
        Expectation(mean: 0.5, within: 0.3, between: 0.4),
      ]
    }
  }
}
