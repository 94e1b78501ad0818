/// How much of one side is bar in all samples of a film.
struct SideFinding {
  /// What share of a line must be picture for its edge to be a bar's and not a thing's in the dark.
  static let covering = 0.25
  /// Bars that are measured so far apart are one.
  private static let near = 2

  /// Lines that may be cut.
  let lines: Int
  /// What share of the samples has its edge just there.
  let support: Double
  /// Whether some of those show picture along a good part of the edge.
  let isCovered: Bool

  init(_ samples: [BarSample], side: Int) {
    let values = samples.map { $0.lines[side] }
    let lines = Self.lines(values)
    let there = samples.filter { (lines...lines + Self.near).contains($0.lines[side]) }
    self.lines = lines
    support = Double(there.count) / Double(max(1, samples.count))
    let covered = there.count { $0.covered[side] >= Self.covering }
    isCovered = covered >= max(1, min(3, samples.count / 4), samples.count / 50)
  }

  /// As far as every sample allows, but for flashes: single samples among others that agree.
  private static func lines(_ values: [Int]) -> Int {
    guard let least = values.min() else { return 0 }
    let usual = most(values)
    let near = values.filter { abs($0 - usual) <= Self.near }
    guard let lines = near.min(), lines > least,
      Double(near.count) >= 0.3 * Double(values.count)
    else { return least }
    return areFlashes(values.map { $0 < lines }) ? lines : least
  }

  /// Whether what is marked comes alone, and seldom.
  private static func areFlashes(_ marks: [Bool]) -> Bool {
    var run = 0
    for mark in marks {
      run = mark ? run + 1 : 0
      if run > 2 { return false }
    }
    return marks.count { $0 } <= max(2, marks.count / 50)
  }

  /// The commonest value, neighbours counted with it.
  private static func most(_ values: [Int]) -> Int {
    var counts: [Int: Int] = [:]
    for value in values { counts[value, default: 0] += 1 }
    var best = (value: 0, count: 0)
    for value in counts.keys.sorted() {
      let count = (value - near...value + near).reduce(0) { $0 + (counts[$1] ?? 0) }
      if count > best.count { best = (value, count) }
    }
    return best.value
  }
}
