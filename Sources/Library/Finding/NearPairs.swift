package import Foundations
package import Model

/// Finds all pairs of likenesses that are near each other, without comparing each with each.
///
/// Two that differ in at most r bits in all differ little in one of their parts at least: were each
/// of the parts beyond its share of r, the sum would be beyond r. So those are compared that lie in
/// buckets whose values differ little, part by part, and no pair is lost. Of a million likenesses
/// some thirtieth of all pairs is compared.
package struct NearPairs {
  // Below, all pairs are sooner compared than buckets are walked; above, most buckets are near most.
  private static let fewLikenesses = 2_000
  private static let furthest = 16
  // So many comparisons are some ten milliseconds.
  private static let comparisonsBetweenLooks = 4 << 20

  private let likenesses: [Likeness]
  private let distance: Int
  private let stop: StopFlag
  private let progress: ProgressSink
  private var comparisons = 0
  private var part = 0.0

  /// Hands over each pair that is at most so far apart, by their places; some more than once.
  package static func each(
    of likenesses: [Likeness], within distance: Int, stop: StopFlag = StopFlag(),
    progress: ProgressSink = .none, comparesFew: Bool = true, _ body: (Int, Int) -> Void
  ) throws {
    try stop.check()
    guard distance >= 0 else { return }
    var search = NearPairs(
      likenesses: likenesses, distance: distance, stop: stop, progress: progress)
    let isSmall = comparesFew && likenesses.count <= fewLikenesses
    if isSmall || distance > furthest {
      try search.compareAll(body)
    } else {
      try search.compareBuckets(body)
    }
  }

  private mutating func compareAll(_ body: (Int, Int) -> Void) throws {
    for left in likenesses.indices {
      part = Double(left) / Double(likenesses.count)
      try look(likenesses.count - left)
      for right in (left + 1)..<max(left + 1, likenesses.count)
      where likenesses[left].distance(to: likenesses[right]) <= distance { body(left, right) }
    }
  }

  private mutating func compareBuckets(_ body: (Int, Int) -> Void) throws {
    // (a + b) / 2 is rounded down: the sum may be one more than twice the distance.
    let sum = 2 * distance + 1
    let tables = 3 * LikenessPart.countOfHalf
    var done = 0
    for half in LikenessPart.Half.allCases {
      for number in 0..<LikenessPart.countOfHalf {
        let place = number + (half == .whole ? 0 : LikenessPart.countOfHalf)
        let masks = Self.masks(Self.share(of: sum, place, of: 2 * LikenessPart.countOfHalf))
        let buckets = LikenessBuckets(likenesses, by: LikenessPart(half: half, number: number))
        try compare(buckets, masks, sum, (done, tables), body)
        done += 1
      }
    }
    // What is left of a cut picture looks like the middle of the whole one.
    for number in 0..<LikenessPart.countOfHalf {
      let masks = Self.masks(Self.share(of: distance, number, of: LikenessPart.countOfHalf))
      let whole = LikenessBuckets(likenesses, by: LikenessPart(half: .whole, number: number))
      let middle = LikenessBuckets(likenesses, by: LikenessPart(half: .middle, number: number))
      try compare(whole, middle, masks, (done, tables), body)
      done += 1
    }
  }

  /// How much a part may differ, so that one part is within its share wherever the sum is within
  /// `most`; -1 where the others are enough.
  private static func share(of most: Int, _ number: Int, of parts: Int) -> Int {
    let shares = most + 1
    return shares / parts + (number < shares % parts ? 1 : 0) - 1
  }

  /// All values with at most so many bits.
  private static func masks(_ most: Int) -> [Int] {
    (0..<LikenessBuckets.count).filter { $0.nonzeroBitCount <= most }
  }

  /// Pairs of which both halves together differ in at most `most` bits.
  private mutating func compare(
    _ buckets: LikenessBuckets, _ masks: [Int], _ most: Int, _ step: (done: Int, of: Int),
    _ body: (Int, Int) -> Void
  ) throws {
    let (halves, others) = (buckets.halves.span, buckets.others.span)
    for value in 0..<LikenessBuckets.count where !buckets[value].isEmpty {
      begin(value, step)
      for mask in masks where value ^ mask >= value {
        let near = buckets[value ^ mask]
        if near.isEmpty { continue }
        for left in buckets[value] {
          // The other half first: of this one some bits are known to be alike.
          let (half, other) = (halves[left], others[left])
          let first = mask == 0 ? left + 1 : near.lowerBound
          for right in first..<near.upperBound {
            let apart = (other ^ others[right]).nonzeroBitCount
            if apart <= most, apart + (half ^ halves[right]).nonzeroBitCount <= most {
              body(Int(buckets.places[left]), Int(buckets.places[right]))
            }
          }
          try look(near.count)
        }
      }
    }
  }

  /// Pairs of a half of one and the other half of another that differ in at most the distance.
  private mutating func compare(
    _ wholes: LikenessBuckets, _ middles: LikenessBuckets, _ masks: [Int],
    _ step: (done: Int, of: Int), _ body: (Int, Int) -> Void
  ) throws {
    let (whole, middle) = (wholes.halves.span, middles.halves.span)
    for value in 0..<LikenessBuckets.count where !wholes[value].isEmpty {
      begin(value, step)
      for mask in masks {
        let near = middles[value ^ mask]
        if near.isEmpty { continue }
        for left in wholes[value] {
          let half = whole[left]
          for right in near where (half ^ middle[right]).nonzeroBitCount <= distance {
            let (one, other) = (Int(wholes.places[left]), Int(middles.places[right]))
            // A picture without edges is its own middle.
            if one != other { body(one, other) }
          }
          try look(near.count)
        }
      }
    }
  }

  private mutating func begin(_ value: Int, _ step: (done: Int, of: Int)) {
    part =
      (Double(step.done) + Double(value) / Double(LikenessBuckets.count)) / Double(step.of)
  }

  /// Looks at the flag and tells how far it is, now and then.
  private mutating func look(_ more: Int) throws {
    comparisons += more
    guard comparisons >= Self.comparisonsBetweenLooks else { return }
    comparisons = 0
    try stop.check()
    progress.report(part)
  }
}
