import Encoding
import EncodingSimulation
import Foundations

/// What came of many films.
struct Tally {
  private var cost = SearchCost()
  private var errors: [Double] = []
  private var means: [Double] = []
  private var unreachable = 0

  mutating func add(_ film: SimulatedTitle, _ title: TitleSearch) {
    cost.add(title)
    add(film, title.goal.target, title.done.map { $0?.quality ?? 0 })
  }

  /// Adds how far each segment came out, where it could have come out right.
  mutating func add(_ film: SimulatedTitle, _ target: Double, _ qualities: [Double]) {
    var (sum, frames) = (0.0, 0)
    for (index, quality) in qualities.enumerated() {
      sum += quality * Double(film.frames[index])
      frames += film.frames[index]
      if film.reach(index).contains(target) {
        errors.append(quality - target)
      } else {
        unreachable += 1
      }
    }
    means.append(sum / Double(max(frames, 1)) - target)
  }

  mutating func add(frames: Int, encodes: Int, probes: Int, probeFrames: Int, probeCost: Double) {
    cost.add(
      frames: frames, encodes: encodes, probes: probes, probeFrames: probeFrames,
      probeCost: probeCost)
  }

  func report(_ name: String) {
    let near = Double(errors.count { abs($0) <= 1.5 }) / Double(max(errors.count, 1))
    let title = means.map(abs).sorted()
    print(
      "  \(name): encodes \(text(cost.encodesPerSegment)), probes"
        + " \(text(Double(cost.probes) / Double(max(cost.segments, 1)))), overhead"
        + " \(text(cost.overhead)) (encoding alone \(text(cost.encodingOverhead)), all over"
        + " encoding \(text(cost.fullOverhead))); within 1.5: \(text(near * 100)) %, title off"
        + " p50 \(text(title[title.count / 2])) p95 \(text(title[title.count * 95 / 100])) max"
        + " \(text(title.last ?? 0)); out of reach \(unreachable)")
  }

  private func text(_ value: Double) -> String { String(value, decimals: 2) }
}
