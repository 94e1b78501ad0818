import Encoding
import EncodingSimulation
import Foundations

/// What came of many films.
struct Tally {
  private var cost = SearchCost()
  private var errors: [Double] = []
  private var means: [Double] = []
  private var unreachable = 0
  private var bytes = 0.0

  /// Adds a film that was searched.
  mutating func add(_ film: SimulatedTitle, _ title: TitleSearch) {
    cost.add(title)
    let trials = title.done.compactMap { search in search?.chosen.map { search?.encodes[$0] } }
    add(
      film, title.goal.target, trials.map { $0?.quality ?? 0 }, trials.map { $0?.crfQuarters ?? 0 })
  }

  /// Adds a segment whose probes are all measured, and whose final encode is one more that is not.
  mutating func add(frames: Int, probes: Int, cost each: Double, final crf: Int) {
    cost.addUnscored(frames: frames, probes: probes, probeCost: each)
  }

  /// Adds how far each segment came out, where it could have come out right.
  mutating func add(
    _ film: SimulatedTitle, _ target: Double, _ qualities: [Double], _ crfs: [Int]
  ) {
    var (sum, frames) = (0.0, 0)
    for (index, quality) in qualities.enumerated() {
      sum += quality * Double(film.frames[index])
      frames += film.frames[index]
      bytes += Double(film.curves[index].bytes(crfs[index], frames: film.frames[index]))
      if film.reach(index).contains(target) {
        errors.append(quality - target)
      } else {
        unreachable += 1
      }
    }
    means.append(sum / Double(max(frames, 1)) - target)
  }

  /// One line.
  func report(_ name: String) {
    let near = Double(errors.count { abs($0) <= 1.5 }) / Double(max(errors.count, 1))
    let title = means.map(abs).sorted()
    let outside = means.count { abs($0) > 0.5 }
    print(
      "  \(name): full encodes \(text(cost.encodesPerSegment)), probes"
        + " \(text(Double(cost.probes) / Double(max(cost.segments, 1)))); CPU over finals with"
        + " their score \(text(cost.overhead)), encoding over finals"
        + " \(text(cost.encodingOverhead)), all over finals \(text(cost.fullOverhead)); segments"
        + " within 1.5: \(text(near * 100)) %; title off p50 \(text(title[title.count / 2])) p95"
        + " \(text(title[title.count * 95 / 100])), \(outside) of \(title.count) by more than 0.5;"
        + " out of reach \(unreachable) of \(cost.segments); \(text(bytes / 1e9)) GB")
  }

  private func text(_ value: Double) -> String { String(value, decimals: 2) }
}
