/// A stretch in which one picture becomes another slowly.
struct GradualChange {
  /// Half of how long it is looked for, in frames.
  private static let halves = [4, 8, 14, 24]
  static let longest = 24
  /// What is less than this is none, in 8-bit steps.
  private static let least: Float = 3.5
  private static let leastDistance: Float = 7
  /// How far a frame on the way may be from being a blend, as a share of the whole change.
  private static let mostLeft: Float = 0.22
  /// How much may go on beside it, as a share of the whole change.
  private static let mostBeside: Float = 0.6

  let middle: Int
  let half: Int
  /// How far its ends are apart, less what is no blend.
  let weight: Float
  /// What is no blend, as a share.
  let left: Float

  /// How certain it is.
  var score: Double { Double(1 - 0.5 * left / Self.mostLeft) * min(1, Double(weight) / 12) }

  /// Those whose middle is a frame.
  static func all(at frame: Int, _ view: GlanceView) -> [GradualChange] {
    halves.compactMap { GradualChange(middle: frame, half: $0, view) }
  }

  private init?(middle: Int, half: Int, _ view: GlanceView) {
    let (start, end) = (middle - half, middle + half)
    guard start >= view.first, end < view.count else { return nil }
    let (before, after) = (view[start].coarse, view[end].coarse)
    let whole = Self.mean(before, after)
    guard whole >= Self.least else { return nil }
    // One great step is a cut with something about it.
    let evenStep = 1.5 * 3 * whole / Float(half) + 2
    guard (start + 1...end).allSatisfy({ view.steps[$0] <= evenStep }) else { return nil }
    var left: Float = 0
    var last: Float = 0.08
    for place in [middle - half / 2, middle, middle + half / 2] {
      let blend = Self.blend(view[place].coarse, before, after)
      guard blend.share > last, blend.share < 0.92 else { return nil }
      guard place != middle || (0.25...0.75).contains(blend.share) else { return nil }
      last = blend.share
      left = max(left, blend.left / whole)
      guard left <= Self.mostLeft else { return nil }
    }
    let distance = view[start].distance(to: view[end])
    guard distance >= Self.leastDistance else { return nil }
    guard let beside = Self.beside(start, end, half, view),
      beside <= Self.mostBeside * whole
    else { return nil }
    self.middle = middle
    self.half = half
    self.left = left
    weight = distance * (1 - left)
  }

  /// How much would change on the calmer side in as long a time; nil where there is too little of
  /// either to tell.
  private static func beside(_ start: Int, _ end: Int, _ half: Int, _ view: GlanceView) -> Float? {
    let sooner = max(view.first, start - 2 * half)
    let later = min(view.count - 1, end + 2 * half)
    let sides = [(sooner, start), (end, later)].filter { $1 - $0 >= half }
    return sides.map { from, to in
      mean(view[from].coarse, view[to].coarse) * Float(2 * half) / Float(to - from)
    }.min()
  }

  private static func mean(_ left: [Float], _ right: [Float]) -> Float {
    let (left, right) = (left.span, right.span)
    var sum: Float = 0
    for index in 0..<left.count { sum += abs(left[index] - right[index]) }
    return sum / Float(left.count)
  }

  /// What share of a picture is the later one, and how far it is from such a blend.
  private static func blend(
    _ picture: [Float], _ before: [Float], _ after: [Float]
  ) -> (share: Float, left: Float) {
    let (picture, before, after) = (picture.span, before.span, after.span)
    var (product, square): (Float, Float) = (0, 0)
    for index in 0..<picture.count {
      let way = after[index] - before[index]
      product += (picture[index] - before[index]) * way
      square += way * way
    }
    let share = square > 0 ? product / square : 0
    var left: Float = 0
    for index in 0..<picture.count {
      left += abs(picture[index] - before[index] - share * (after[index] - before[index]))
    }
    return (share, left / Float(picture.count))
  }
}
