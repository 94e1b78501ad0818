import EncodingSimulation
import Glibc

/// What others' rules make of one segment.
struct OtherResult {
  let crf: Int
  let quality: Double
  let probes: Int
}

/// The rules of ab-av1 0.11.7, a segment as its sample, as drapto used it: probes are encodes of the
/// whole sample at the final preset; what is delivered is encoded once more and not looked at.
enum ABAV1Rules {
  private static let range = 20...252

  static func search(_ curve: SimulatedCurve, target: Double) -> OtherResult {
    var tried: [(crf: Int, quality: Double)] = []
    var crf = (range.lowerBound + range.upperBound) / 2
    while true {
      let quality = curve.quality(crf)
      tried.append((crf, quality))
      let tolerance = 0.1 * pow(2, Double(tried.count - 1))
      let good = tried.filter { $0.quality > target }.max { $0.crf < $1.crf }
      let bad = tried.filter { $0.quality <= target }.min { $0.crf < $1.crf }
      let isNear = quality > target && quality < target + tolerance
      let isTight = (bad?.crf ?? range.upperBound) - (good?.crf ?? range.lowerBound) <= 1
      guard !isNear, !isTight, tried.count < 20 else {
        return OtherResult(
          crf: isNear ? crf : good?.crf ?? range.lowerBound,
          quality: curve.quality(isNear ? crf : good?.crf ?? range.lowerBound),
          probes: tried.count)
      }
      crf = next(good, bad, target)
    }
  }

  private static func next(
    _ good: (crf: Int, quality: Double)?, _ bad: (crf: Int, quality: Double)?, _ target: Double
  ) -> Int {
    let (low, high) = (good?.crf ?? range.lowerBound, bad?.crf ?? range.upperBound)
    guard let good, let bad else {
      // A fifth from the edge that is asked for, and that edge itself where not even that does.
      let share = good == nil ? 0.2 : 0.8
      let next = low + Int(Double(high - low) * share)
      return next == low || next == high
        ? (good == nil ? range.lowerBound : range.upperBound) : next
    }
    let share = (good.quality - target - 0.05) / max(good.quality - bad.quality, 1e-6)
    return min(max(low + Int(Double(high - low) * share), low + 1), high - 1)
  }
}

/// The rules of Av1an at 7df934d: at most four probes of the whole chunk at a fast preset, whose
/// scores are taken for those of the final encode, which nobody looks at.
enum Av1anRules {
  private static let range = 60...200

  static func search(_ curve: SimulatedCurve, target: Double) -> OtherResult {
    var tried: [(crf: Int, quality: Double)] = []
    var (low, high) = (range.lowerBound, range.upperBound)
    let wanted = target * 0.99...target * 1.01
    while tried.count < 4, low <= high {
      let crf = min(max(guess(tried, target) ?? (low + high) / 2, low), high)
      let quality = curve.probe(crf)
      tried.append((crf, quality))
      if wanted.contains(quality) { break }
      if quality > target { low = crf + 1 } else { high = crf - 1 }
    }
    let inside = tried.filter { wanted.contains($0.quality) }.max { $0.crf < $1.crf }
    let chosen =
      inside ?? tried.min { abs($0.quality - target) < abs($1.quality - target) } ?? (130, 0)
    return OtherResult(
      crf: chosen.crf, quality: curve.quality(chosen.crf), probes: tried.count)
  }

  /// From the third probe on, a line through the nearest two; its fourth is a cubic through three
  /// points, which is the same to a tenth.
  private static func guess(_ tried: [(crf: Int, quality: Double)], _ target: Double) -> Int? {
    guard tried.count >= 2 else { return nil }
    let near = tried.sorted { abs($0.quality - target) < abs($1.quality - target) }
    let (first, second) = (near[0], near[1])
    guard first.quality != second.quality else { return nil }
    let share = (target - first.quality) / (second.quality - first.quality)
    return first.crf + Int((Double(second.crf - first.crf) * share).rounded())
  }
}
