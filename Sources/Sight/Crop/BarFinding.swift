/// What the bars of a film are, by samples of it.
package struct BarFinding: Sendable, Hashable {
  /// Why it is as it is.
  package enum Reason: String, Sendable {
    /// Nothing but picture.
    case none
    case bars
    /// The film has bars in some places and none in others.
    case mixed = "mixed aspect ratios"
    case dark = "too dark to tell"
  }

  /// Lines to cut by side, all even where the size is: top, bottom, left, right.
  package let lines: [Int]
  package let reason: Reason

  /// A finding that cuts nothing.
  package static func nothing(_ reason: Reason) -> BarFinding {
    BarFinding(lines: [0, 0, 0, 0], reason: reason)
  }

  /// A finding by its parts.
  package init(lines: [Int], reason: Reason) {
    self.lines = lines
    self.reason = reason
  }
}

extension BarFinding {
  private static let opposite = [1, 0, 3, 2]
  /// How much of a film is looked at: titles and credits are not.
  private static let looked = 0.15...0.85

  /// Judges by samples in the order of their frames; `attempts` are the frames that were looked at,
  /// those that were too dark among them.
  package init(
    samples all: [BarSample], attempts: [Int], frames: Int, width: Int, height: Int
  ) {
    let range = Self.looked.lowerBound * Double(frames)...Self.looked.upperBound * Double(frames)
    let samples = all.filter { range.contains(Double($0.frame)) }
    let tried = attempts.count { range.contains(Double($0)) }
    guard samples.count >= 2 || samples.count == tried, samples.count * 50 >= tried, tried > 0
    else {
      self = .nothing(.dark)
      return
    }
    let sides = (0..<4).map { SideFinding(samples, side: $0) }
    var lines = sides.map(\.lines)
    var isUnsure = false
    for side in 0..<4 where lines[side] > 1 && !sides[side].isCovered {
      // A logo in a bar hides where the bar ends; the bar at the other side vouches for this one.
      let other = Self.opposite[side]
      let isVouched =
        sides[side].support >= 0.5 && sides[other].isCovered && sides[other].lines >= lines[side]
      guard !isVouched else { continue }
      lines[side] = 0
      isUnsure = true
    }
    let isMixed = Self.isMixed(samples, lines)
    lines = Self.even(lines, width: width, height: height)
    if lines.contains(where: { $0 > 0 }) {
      self.init(lines: lines, reason: .bars)
    } else {
      self = .nothing(isMixed ? .mixed : isUnsure ? .dark : .none)
    }
  }

  /// Whether a good part of the samples has a bar of one size on two opposite sides of which nothing
  /// is to be cut.
  private static func isMixed(_ samples: [BarSample], _ lines: [Int]) -> Bool {
    for side in [0, 2] where lines[side] < 2 && lines[side + 1] < 2 {
      let barred = samples.filter { sample in
        sample.lines[side] >= 8 && sample.lines[side + 1] >= 8
          && sample.covered[side] >= SideFinding.covering
          && sample.covered[side + 1] >= SideFinding.covering
          && abs(sample.lines[side] - sample.lines[side + 1]) <= 8
      }
      guard barred.count >= max(3, samples.count / 20) else { continue }
      let sizes = barred.map { $0.lines[side] }.sorted()
      let usual = sizes[sizes.count / 2]
      if sizes.count(where: { abs($0 - usual) <= 2 }) * 2 >= sizes.count { return true }
    }
    return false
  }

  /// Rounded so that nothing but bars is cut, and what is left has even sides at even places.
  private static func even(_ lines: [Int], width: Int, height: Int) -> [Int] {
    var lines = lines
    for (first, size) in [(0, height), (2, width)] {
      lines[first] &= ~1
      let rest = size - lines[first] - lines[first + 1]
      if rest % 2 != 0 { lines[first + 1] -= 1 }
      // An odd size without a bar to make it even of is left as it is.
      if lines[first + 1] < 0 { (lines[first], lines[first + 1]) = (0, 0) }
    }
    return lines
  }
}
