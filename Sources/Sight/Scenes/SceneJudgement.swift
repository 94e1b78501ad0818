/// Decides between what was found: one change where several hints are of the same.
struct SceneJudgement {
  let spreads: [Float]
  let cuts: [HardCut]
  let graduals: [GradualChange]

  /// What is more even than this shows nothing.
  private static let even: Float = 4
  /// Cuts so near each other are one: a flash upon a cut, or a jump beside it.
  private static let nearCuts = 6
  /// A cut so near the end of a slow change is its last step.
  private static let edge = 8
  /// Slow changes so near each other are one.
  private static let nearGraduals = 24

  var changes: [SceneChange] {
    let slow = slowChanges()
    var all = slow.map(\.change)
    for cut in separateCuts() {
      let isPart = slow.contains { $0.span.contains(cut.frame) }
      if !isPart { all.append(SceneChange(frame: cut.frame, kind: .cut, score: cut.score)) }
    }
    return all.sorted { $0.frame < $1.frame }
  }

  /// The greatest of those that are near each other.
  private func separateCuts() -> [HardCut] {
    var kept: [HardCut] = []
    for cut in cuts {
      if let last = kept.last, cut.frame - last.frame < Self.nearCuts {
        if cut.step > last.step { kept[kept.count - 1] = cut }
      } else {
        kept.append(cut)
      }
    }
    return kept
  }

  private typealias SlowChange = (change: SceneChange, span: ClosedRange<Int>)

  private func slowChanges() -> [SlowChange] {
    var strongest: [GradualChange] = []
    for candidate in graduals.sorted(by: { $0.weight > $1.weight }) {
      let isApart = strongest.allSatisfy {
        abs($0.middle - candidate.middle) > $0.half + candidate.half + 6
      }
      if isApart { strongest.append(candidate) }
    }
    var kept: [SlowChange] = []
    for gradual in strongest.sorted(by: { $0.middle < $1.middle }) {
      guard let found = slowChange(gradual) else { continue }
      guard let last = kept.last, found.change.frame - last.change.frame < Self.nearGraduals else {
        kept.append(found)
        continue
      }
      // Into black and out of it again: told by the one that has the black in it.
      let span = last.span.lowerBound...max(last.span.upperBound, found.span.upperBound)
      let isBetter = last.change.kind == .dissolve && found.change.kind == .fade
      kept[kept.count - 1] = (isBetter ? found.change : last.change, span)
    }
    return kept
  }

  /// What a gradual change is; nil for a fade at the film's very beginning or end.
  private func slowChange(_ gradual: GradualChange) -> SlowChange? {
    let (low, high) = (gradual.middle - gradual.half, gradual.middle + gradual.half)
    let span = max(0, low - Self.edge)...high + Self.edge
    let about = max(0, low - 4)...min(spreads.count - 1, high + 4)
    guard let evenest = about.min(by: { spreads[$0] < spreads[$1] }), spreads[evenest] < Self.even
    else {
      return (
        SceneChange(frame: gradual.middle, kind: .dissolve, score: gradual.score), span
      )
    }
    var (first, last) = (evenest, evenest)
    while first > 0, spreads[first - 1] < Self.even { first -= 1 }
    while last + 1 < spreads.count, spreads[last + 1] < Self.even { last += 1 }
    guard first > 1, last < spreads.count - 2 else { return nil }
    let change = SceneChange(frame: (first + last) / 2 + 1, kind: .fade, score: gradual.score)
    return (change, span)
  }
}
