import Glibc

/// What is known of how one segment's quality falls over the CRF, and how well.
///
/// Three numbers with their covariances: the loss at CRF 32, the loss a CRF, and how much more a
/// probe of the fast preset and few frames loses than the whole segment at the final preset. Each
/// measurement narrows all three (a Kalman filter of three numbers); what nobody has measured stays
/// as the film, or experience, says.
struct CurveEstimate: Sendable, Hashable {
  static let reference = 32.0
  // Measured curves are not quite straight: a point so many CRFs away says less about here.
  private static let bendPerCRF = 0.008

  /// Of what a loss was measured.
  enum Source: Sendable, Hashable {
    case probe
    case encode
  }

  /// The loss at the reference, the loss a CRF, the probes' additional loss.
  private(set) var mean: [Double]
  /// Their covariances, row by row.
  private(set) var covariance: [Double]

  /// An estimate of independent parts, with their variances.
  init(mean: [Double], variances: [Double]) {
    precondition(mean.count == 3 && variances.count == 3, "three numbers make a curve")
    self.mean = mean
    covariance = [variances[0], 0, 0, 0, variances[1], 0, 0, 0, variances[2]]
  }

  /// The loss a CRF: at least so much that a target is somewhere.
  func slope(on scale: QualityScale) -> Double { max(mean[1], scale.leastSlope) }

  /// The loss of the whole segment at a CRF.
  func loss(at crf: Double) -> Double { mean[0] + mean[1] * (crf - Self.reference) }

  /// The CRF at which the loss is expected to be this.
  func crf(ofLoss loss: Double, on scale: QualityScale) -> Double {
    Self.reference + (loss - mean[0]) / slope(on: scale)
  }

  /// How certain the loss at a CRF is.
  func variance(at crf: Double) -> Double {
    max(product(Self.row(crf, .encode), projected(Self.row(crf, .encode))), 0)
  }

  /// Takes in a loss that was measured at a CRF.
  ///
  /// - Parameter wanted: the CRF that matters, from which far points count for less.
  mutating func measure(
    _ loss: Double, at crf: Double, _ source: Source, noise: Double, wanted: Double
  ) {
    let bend = Self.bendPerCRF * (crf - wanted)
    let row = Self.row(crf, source)
    let gains = projected(row)
    let total = product(row, gains) + noise * noise + bend * bend
    let surprise = loss - product(row, mean)
    for index in 0..<3 { mean[index] += gains[index] / total * surprise }
    for line in 0..<3 {
      for column in 0..<3 { covariance[line * 3 + column] -= gains[line] * gains[column] / total }
    }
  }

  private static func row(_ crf: Double, _ source: Source) -> [Double] {
    [1, crf - reference, source == .probe ? 1 : 0]
  }

  private func projected(_ row: [Double]) -> [Double] {
    (0..<3).map { line in (0..<3).reduce(0) { $0 + covariance[line * 3 + $1] * row[$1] } }
  }

  private func product(_ left: [Double], _ right: [Double]) -> Double {
    zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
