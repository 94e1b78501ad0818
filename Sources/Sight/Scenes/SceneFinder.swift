/// Finds where scenes begin, from glances at all frames one after the other.
///
/// A cut stands out from what goes on about it, changes the picture nearly everywhere, and the
/// picture does not come back: what comes back within a quarter of a second was a flash. A slow
/// change is a blend of what was before and what comes after, in shares that go from the one to the
/// other. Only the last glances are kept.
package struct SceneFinder: Sendable {
  /// How far around a frame it is looked.
  private static let reach = 3 * GradualChange.longest

  /// The glances that are still needed, and the number of the first of them.
  private var glances: [PictureGlance] = []
  private var first = 0
  /// How far each frame is from the one before.
  private var steps: [Float] = []
  /// How even each frame is.
  private var spreads: [Float] = []
  private var cuts: [HardCut] = []
  private var flashes: [Int] = []
  private var graduals: [GradualChange] = []
  private var judged = 1

  /// A finder that has seen nothing.
  package init() {}

  /// How far the last frame is from the one before; 0 for the first.
  package var lastStep: Float { steps.last ?? 0 }

  /// Takes the next frame's glance.
  package mutating func add(_ glance: PictureGlance) {
    steps.append(glances.last.map { $0.distance(to: glance) } ?? 0)
    spreads.append(glance.spread)
    glances.append(glance)
    guard glances.count >= 3 * Self.reach else { return }
    judge(upTo: steps.count - Self.reach)
    // So many at a time, since taking one off the front moves all others.
    let unneeded = judged - Self.reach - first
    guard unneeded > 0 else { return }
    glances.removeFirst(unneeded)
    first += unneeded
  }

  /// Where scenes begin, in order, without the first.
  package mutating func finish() -> [SceneChange] {
    judge(upTo: steps.count)
    // What comes back has not become anything else.
    let calm = graduals.filter { gradual in
      !flashes.contains { abs($0 - gradual.middle) <= gradual.half + 1 }
    }
    return SceneJudgement(spreads: spreads, cuts: cuts, graduals: calm).changes
  }

  private mutating func judge(upTo end: Int) {
    let view = GlanceView(glances: glances, first: first, steps: steps)
    while judged < end {
      switch HardCut.find(at: judged, view) {
      case .cut(let cut): cuts.append(cut)
      case .flash(let frame): flashes.append(frame)
      case nil: break
      }
      graduals += GradualChange.all(at: judged, view)
      judged += 1
    }
  }
}

/// The glances about a frame, by the frames' own numbers.
struct GlanceView {
  let glances: [PictureGlance]
  let first: Int
  let steps: [Float]

  /// How many frames there are so far.
  var count: Int { steps.count }

  /// The glance at a frame.
  subscript(frame: Int) -> PictureGlance { glances[frame - first] }
}
