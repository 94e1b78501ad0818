import Glibc

/// Where a film's bits help most: the same mean quality with fewer of them.
///
/// Each segment gets the CRF at which one more bit gains as much as anywhere else. How much a bit
/// has to gain (lambda) is found by halving, until the mean of all is the target; no segment falls
/// below a floor.
struct Allocation: Sendable {
  // A scene five points worse than the others is seen to be.
  private static let floorTolerances = 3.5
  private static let halvings = 48

  /// The quality each segment is to have.
  let targets: [Double]

  /// Spreads the quality over segments that were sounded.
  init(goal: QualityGoal, frames: [Int], soundings: [SegmentSearch?]) {
    let floor = goal.target - goal.tolerance * Self.floorTolerances
    let curves = soundings.enumerated().map { index, sounding in
      sounding.map { Self.points($0, frames: frames[index], goal, floor) } ?? []
    }
    let total = Double(frames.reduce(0, +))
    var (low, high) = (-30.0, 30.0)
    for _ in 0..<Self.halvings {
      let middle = (low + high) / 2
      let sum = zip(curves, frames).reduce(0.0) { sum, segment in
        sum + (Self.best(segment.0, exp(middle))?.quality ?? goal.target) * Double(segment.1)
      }
      if sum / total > goal.target { low = middle } else { high = middle }
    }
    targets = curves.map { Self.best($0, exp(high))?.quality ?? goal.target }
  }

  private struct Point: Sendable {
    let quality: Double
    let gain: Double
    let bytes: Double
  }

  /// What a segment may become: quality and bytes at each CRF, by its two probes.
  private static func points(
    _ sounding: SegmentSearch, frames: Int, _ goal: QualityGoal, _ floor: Double
  ) -> [Point] {
    guard sounding.probes.count >= 2, sounding.probes.allSatisfy({ $0.bytes > 0 }) else {
      return []
    }
    let (first, last) = (sounding.probes[0], sounding.probes[1])
    let sample = Double(ProbeSample.count(of: frames))
    let fall =
      log(Double(last.bytes) / Double(first.bytes)) / Double(last.crfQuarters - first.crfQuarters)
    let all = stride(from: goal.range.lowerBound, through: goal.range.upperBound, by: 4).map {
      crf in
      let quality = goal.scale.quality(of: sounding.curve.loss(at: Double(crf) / 4))
      let bytes = Double(first.bytes) / sample * exp(fall * Double(crf - first.crfQuarters))
      return Point(
        quality: quality, gain: quality * Double(frames), bytes: bytes * Double(frames))
    }
    // What is above the target already at the smallest stays there; what cannot reach the floor
    // gets what it can.
    let above = all.filter { $0.quality >= floor }
    return above.isEmpty ? [all[0]] : above
  }

  private static func best(_ points: [Point], _ lambda: Double) -> Point? {
    points.max { $0.gain - lambda * $0.bytes < $1.gain - lambda * $1.bytes }
  }
}
