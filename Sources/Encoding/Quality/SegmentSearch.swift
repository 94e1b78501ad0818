import Glibc

/// The search for the CRF of one segment, step by step, as a value that touches no encoder.
///
/// Cheap probes come first, as long as one is expected to save more than it costs. Then the segment
/// is encoded, and that encode is the last probe: it is scored whole, and done again only where it
/// is outside the tolerance, at most twice. Two encodes on either side of the target enclose it, so
/// that a curve that bends the wrong way leads nowhere far.
package struct SegmentSearch: Sendable {
  /// What is to be done next.
  package enum Step: Sendable, Hashable {
    /// Encode the sample at the fast preset at a CRF in quarters, and measure it.
    case probe(Int)
    /// Encode the segment at a CRF in quarters, and measure it.
    case encode(Int)
    /// Nothing: the best encode is `chosen`.
    case finished
  }

  /// An encode or a probe with what came out.
  package struct Trial: Sendable, Hashable {
    package let crfQuarters: Int
    package let quality: Double
    package let bytes: Int64
  }

  /// The segment's place in its film.
  package let index: Int
  /// The quality this segment is to have, within the tolerance.
  package let centre: Double
  /// The quality that is aimed at: a little off, where the mean of all segments wants that.
  package let target: Double
  package private(set) var probes: [Trial] = []
  package private(set) var encodes: [Trial] = []
  let goal: QualityGoal
  private(set) var curve: CurveEstimate
  private let probeShare: Double
  private let plan: Plan

  /// What the search is for.
  enum Plan: Sendable, Hashable {
    case target
    /// Probes at these CRFs alone.
    case sounding([Int])
    /// One encode more, wherever the others came out.
    case again(after: Int)
  }

  static let mostProbes = 3
  static let mostEncodes = 3
  private static let probeNoise = 0.04
  private static let encodeNoise = 0.02
  private static let mostStep = 48
  // So little quality for so many quarters of CRF is none.
  private static let flatQuality = 0.3
  private static let flatQuarters = 16

  /// A search of which nothing is measured yet.
  ///
  /// - Parameter probeShare: what a probe costs of an encode with its measurement.
  init(
    index: Int, goal: QualityGoal, centre: Double, target: Double, prior: CurveEstimate,
    probeShare: Double, plan: Plan = .target
  ) {
    self.index = index
    self.goal = goal
    self.centre = centre
    self.target = target
    self.probeShare = probeShare
    self.plan = plan
    curve = prior
  }

  /// What to do now.
  package func next() -> Step {
    if case .sounding(let crfs) = plan {
      return probes.count < crfs.count ? .probe(crfs[probes.count]) : .finished
    }
    guard encodes.isEmpty else { return nextEncode() }
    let crf = bestGuess
    return probes.count < Self.mostProbes && isProbeWorth(at: crf) && !isFlat(probes)
      ? .probe(crf) : .encode(crf)
  }

  /// Takes in what a step has shown.
  package mutating func take(_ step: Step, quality: Double, bytes: Int64) {
    switch step {
    case .probe(let crf):
      probes.append(Trial(crfQuarters: crf, quality: quality, bytes: bytes))
      measure(quality, crf, .probe, noise: Self.probeNoise)
    case .encode(let crf):
      encodes.append(Trial(crfQuarters: crf, quality: quality, bytes: bytes))
      measure(quality, crf, .encode, noise: Self.encodeNoise)
    case .finished: preconditionFailure("a search that is finished takes nothing in")
    }
  }

  /// Which encode is delivered: the nearest to the target, and where quality does not move any
  /// more, the smallest of those that are as good.
  package var chosen: Int? {
    guard let best = encodes.indices.min(by: { distance(encodes[$0]) < distance(encodes[$1]) })
    else { return nil }
    guard encodes[best].quality < target - goal.tolerance else { return best }
    let enough = encodes[best].quality - Self.flatQuality
    return encodes.indices.filter { encodes[$0].quality >= enough }.max {
      encodes[$0].crfQuarters < encodes[$1].crfQuarters
    }
  }

  /// The quality of what is delivered.
  package var quality: Double? { chosen.map { encodes[$0].quality } }

  /// Whether what is delivered is as near to what it should be as asked.
  package var isWithinTolerance: Bool {
    quality.map { abs($0 - centre) <= goal.tolerance } ?? false
  }

  /// This search with another target, for one more encode.
  func aiming(at target: Double) -> SegmentSearch {
    var search = SegmentSearch(
      index: index, goal: goal, centre: centre, target: target, prior: curve,
      probeShare: probeShare, plan: .again(after: encodes.count))
    (search.probes, search.encodes) = (probes, encodes)
    return search
  }

  /// Whether another quality is to be had by a CRF that was not tried yet.
  func canReach(_ quality: Double) -> Bool {
    if case .encode = aiming(at: quality).next() { return true }
    return false
  }

  /// The CRF at which the target is expected.
  var bestGuess: Int {
    if isFlat(probes), let top = probes.max(by: { $0.crfQuarters < $1.crfQuarters }) {
      return top.crfQuarters
    }
    return goal.rounded(curve.crf(ofLoss: goal.scale.loss(of: target), on: goal.scale))
  }

  private mutating func measure(
    _ quality: Double, _ crf: Int, _ source: CurveEstimate.Source, noise: Double
  ) {
    curve.measure(
      goal.scale.loss(of: quality), at: Double(crf) / 4, source,
      noise: noise * goal.scale.noise, wanted: Double(bestGuess) / 4)
  }

  private func distance(_ trial: Trial) -> Double { abs(trial.quality - target) }

  /// Whether one more probe is expected to save more encodes than it costs.
  private func isProbeWorth(at crf: Int) -> Bool {
    let place = Double(crf) / 4
    var after = curve
    // What it will say is not known, but how much surer one will be is.
    after.measure(
      curve.loss(at: place) + curve.mean[2], at: place, .probe, noise: Self.probeNoise,
      wanted: place)
    let saved = missing(curve.variance(at: place)) - missing(after.variance(at: place))
    return saved > probeShare
  }

  /// How likely an encode misses the tolerance, if so much of its loss is uncertain.
  private func missing(_ variance: Double) -> Double {
    let deviation = variance.squareRoot() * goal.scale.steepness(at: target)
    return erfc(goal.patience / (max(deviation, 1e-9) * 2.0.squareRoot()))
  }

  /// Whether trials show that quality no longer follows the CRF, below the target.
  private func isFlat(_ trials: [Trial]) -> Bool {
    guard let low = trials.min(by: { $0.crfQuarters < $1.crfQuarters }),
      let high = trials.max(by: { $0.crfQuarters < $1.crfQuarters })
    else { return false }
    return high.crfQuarters - low.crfQuarters >= Self.flatQuarters
      && low.quality - high.quality < Self.flatQuality && low.quality < target
  }

  private func nextEncode() -> Step {
    guard let last = encodes.last, encodes.count < Self.mostEncodes, !isNear, !isFlat(encodes)
    else { return .finished }
    let lowest = encodes.filter { $0.quality > target }.map { $0.crfQuarters + goal.step }.max()
    let highest = encodes.filter { $0.quality <= target }.map { $0.crfQuarters - goal.step }.min()
    let low = max(lowest ?? goal.range.lowerBound, last.crfQuarters - Self.mostStep)
    let high = min(highest ?? goal.range.upperBound, last.crfQuarters + Self.mostStep)
    guard max(low, goal.range.lowerBound) <= min(high, goal.range.upperBound) else {
      return .finished
    }
    let crf = min(max(bestGuess, low), high)
    return .encode(crf / goal.step * goal.step)
  }

  private var isNear: Bool {
    if case .again(let count) = plan { return encodes.count > count }
    return encodes.contains {
      abs($0.quality - centre) <= goal.patience
        && distance($0) <= goal.patience + goal.tolerance / 3
    }
  }
}
