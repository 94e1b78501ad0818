package import Encoding
import Foundations

/// A film of segments whose curves are known.
package struct SimulatedTitle: Sendable {
  package let frames: [Int]
  package let curves: [SimulatedCurve]

  /// How the fast preset's bias is shared out.
  package enum Bias: String, Sendable, CaseIterable {
    /// Half of its scatter is the film's, half the segment's own.
    case shared
    /// All of it is the segment's own: the worst case.
    case independent
  }

  /// A film of so many segments, drawn by a seed.
  package init(
    segments count: Int, seed: UInt64, bias: Bias = .shared,
    shapes: [SimulatedCurve.Shape] = SimulatedCurve.Shape.allCases
  ) {
    var random = SeededGenerator(seed: seed)
    let title = (
      loss: 1.65 + 0.35 * Self.normal(&random),
      slope: Double.random(in: 0.03...0.07, using: &random),
      bias: bias == .shared ? 1.6 + 1.0 * Self.normal(&random) : 1.6
    )
    var frames: [Int] = []
    var curves: [SimulatedCurve] = []
    for _ in 0..<count {
      frames.append(Int.random(in: 24...240, using: &random))
      // Most of a film is ordinary.
      let isOdd = Int.random(in: 0..<4, using: &random) == 0
      let shape = isOdd ? shapes.randomElement(using: &random) ?? .ordinary : .ordinary
      curves.append(Self.curve(shape, title, bias, &random))
    }
    self.frames = frames
    self.curves = curves
  }

  /// A film of one's own.
  package init(frames: [Int], curves: [SimulatedCurve]) {
    self.frames = frames
    self.curves = curves
  }

  private static func curve(
    _ shape: SimulatedCurve.Shape, _ title: (loss: Double, slope: Double, bias: Double),
    _ bias: Bias, _ random: inout SeededGenerator
  ) -> SimulatedCurve {
    var curve = SimulatedCurve()
    curve.shape = shape
    curve.seed = random.next()
    curve.loss = title.loss + 0.3 * normal(&random)
    curve.slope = max(0.02, title.slope + 0.008 * normal(&random))
    if shape == .steep { curve.slope = 0.11 }
    if shape == .flat { curve.slope = 0.02 }
    curve.bend = 0.03 * normal(&random)
    curve.bias = title.bias + (bias == .shared ? 1.0 : 1.4) * normal(&random)
    curve.kilobytes = 4 + 12 * Double.random(in: 0...1, using: &random)
    return curve
  }

  /// A number of the normal distribution, near enough: twelve even ones less six.
  private static func normal(_ random: inout SeededGenerator) -> Double {
    (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0...1, using: &random) }
  }

  /// The best and the worst that a segment can be.
  package func reach(_ index: Int) -> ClosedRange<Double> {
    let all = stride(from: 20, through: 252, by: 1).map { curves[index].quality($0) }
    return (all.min() ?? 0)...(all.max() ?? 0)
  }

  /// Goes through the whole search.
  package func search(
    _ goal: QualityGoal, allocation: EncodeSettings.Allocation = .constant
  ) -> TitleSearch {
    var title = TitleSearch(frames: frames, goal: goal, allocation: allocation)
    while true {
      var batch = title.nextBatch()
      if batch.isEmpty { return title }
      for index in batch.indices { finish(&batch[index]) }
      title.take(batch)
    }
  }

  private func finish(_ search: inout SegmentSearch) {
    let curve = curves[search.index]
    while true {
      let step = search.next()
      switch step {
      case .finished: return
      case .probe(let crf):
        let sample = ProbeSample.count(of: frames[search.index])
        search.take(step, quality: curve.probe(crf), bytes: curve.bytes(crf, frames: sample))
      case .encode(let crf):
        search.take(
          step, quality: curve.quality(crf), bytes: curve.bytes(crf, frames: frames[search.index]))
      }
    }
  }
}
