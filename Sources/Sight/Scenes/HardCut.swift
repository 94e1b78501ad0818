/// A frame that has little to do with the one before.
struct HardCut {
  /// What such a frame is.
  enum Finding {
    case cut(HardCut)
    /// The beginning or the end of something after which the picture comes back.
    case flash(Int)
  }

  /// What is less than this is none, in 8-bit steps.
  private static let least: Float = 4
  /// How far it stands out from what is usual about it.
  private static let ratio: Float = 2.5
  private static let margin: Float = 2
  private static let neighbours = 4
  /// What share of the picture changes at the least: where less does, something moves in it.
  private static let changed: Float = 0.45
  /// So many frames a flash lasts at most.
  private static let flash = 8
  /// A picture that is so much nearer than the other side of the cut has come back.
  private static let returned: Float = 0.45

  let frame: Int
  let step: Float
  let score: Double

  /// What a frame is; nil for one that goes on from the one before.
  static func find(at frame: Int, _ view: GlanceView) -> Finding? {
    let step = view.steps[frame]
    guard step >= least else { return nil }
    let limit = ratio * usual(about: frame, view.steps) + margin
    guard step >= limit else { return nil }
    let (before, after) = (view[frame - 1], view[frame])
    guard before.difference(to: after).changed >= changed else { return nil }
    guard !comesBack(frame, before, after, step, view) else { return .flash(frame) }
    let score = Double(1 - 0.5 * max(limit, least) / step)
    return .cut(HardCut(frame: frame, step: step, score: score))
  }

  /// The mean of the steps about a frame, without the two greatest: those may be the next cut, or
  /// the ends of a flash.
  private static func usual(about frame: Int, _ steps: [Float]) -> Float {
    let range = max(1, frame - neighbours)...min(steps.count - 1, frame + neighbours)
    let about = range.filter { $0 != frame }.map { steps[$0] }.sorted()
    guard about.count > 3 else { return about.first ?? 0 }
    let usual = about.dropLast(2)
    return usual.reduce(0, +) / Float(usual.count)
  }

  private static func comesBack(
    _ frame: Int, _ before: PictureGlance, _ after: PictureGlance, _ step: Float,
    _ view: GlanceView
  ) -> Bool {
    let near = returned * step
    for distance in 1...flash {
      if frame + distance < view.count, before.distance(to: view[frame + distance]) < near {
        return true
      }
      let earlier = frame - 1 - distance
      if earlier >= view.first, after.distance(to: view[earlier]) < near { return true }
    }
    return false
  }
}
