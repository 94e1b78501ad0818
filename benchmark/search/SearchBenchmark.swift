import Encoding
import EncodingSimulation
import Foundations

/// How near to the target, and at what cost, the search and others' rules bring films whose curves
/// are known.
@main
enum SearchBenchmark {
  private static let cases = [
    (93.0, 3), (93.0, 8), (93.0, 40), (93.0, 400), (95.0, 40), (90.0, 40),
  ]

  static func main() {
    let titles = CommandLine.arguments.dropFirst().compactMap { Int($0) }.first ?? 100
    for bias in SimulatedTitle.Bias.allCases {
      for (target, segments) in cases {
        print("\(titles) films of \(segments) segments to \(target), bias \(bias.rawValue)")
        let films = (0..<titles).map {
          SimulatedTitle(segments: segments, seed: UInt64($0), bias: bias)
        }
        ours(films, target, .constant).report("ours")
        if segments > 3 { ours(films, target, .lagrangian).report("ours, lagrangian") }
        others(films, target, cost: SearchCost.slow, ABAV1Rules.search).report("ab-av1's rules")
        others(films, target, cost: SearchCost.fast, Av1anRules.search).report("Av1an's rules")
      }
    }
  }

  private static func ours(
    _ films: [SimulatedTitle], _ target: Double, _ allocation: EncodeSettings.Allocation
  ) -> Tally {
    var tally = Tally()
    for film in films {
      tally.add(film, film.search(QualityGoal(target: target), allocation: allocation))
    }
    return tally
  }

  private static func others(
    _ films: [SimulatedTitle], _ target: Double, cost: Double,
    _ search: (SimulatedCurve, Double) -> OtherResult
  ) -> Tally {
    var tally = Tally()
    for film in films {
      let results = film.curves.map { search($0, target) }
      for (result, frames) in zip(results, film.frames) {
        tally.add(frames: frames, probes: result.probes, cost: cost, final: result.crf)
      }
      tally.add(film, target, results.map(\.quality), results.map(\.crf))
    }
    return tally
  }
}
