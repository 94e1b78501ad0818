import Encoding
import EncodingSimulation
import Foundations

/// How near to the target, and at what cost, the search and others' rules bring films whose curves
/// are known.
@main
enum SearchBenchmark {
  static func main() {
    let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
    let titles = arguments.first ?? 200
    for bias in SimulatedTitle.Bias.allCases {
      for (target, segments) in [(93.0, 8), (93.0, 40), (93.0, 400), (95.0, 40)] {
        print("\(titles) films of \(segments) segments to \(target), bias \(bias.rawValue)")
        var ours = Tally()
        for seed in 0..<titles {
          let film = SimulatedTitle(segments: segments, seed: UInt64(seed), bias: bias)
          ours.add(film, film.search(QualityGoal(target: target)))
        }
        ours.report("ours")
      }
    }
  }
}
