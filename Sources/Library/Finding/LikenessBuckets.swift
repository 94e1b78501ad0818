import Model

/// Halves of likenesses in order of 16 of their bits, so that those which share them lie together.
struct LikenessBuckets {
  /// How many values the bits have.
  static let count = 65_536
  /// How many bits they are.
  static let bits = 16

  /// The halves that the order is by, and the other halves beside them.
  let halves: [UInt64]
  let others: [UInt64]
  /// Which likeness each is of.
  let places: [Int32]
  private let starts: [Int32]

  init(_ likenesses: [Likeness], by part: LikenessPart) {
    let shift = UInt64(Self.bits * part.number)
    func bucket(_ half: UInt64) -> Int { Int(half >> shift & 0xFFFF) }
    var starts = [Int32](repeating: 0, count: Self.count + 1)
    for likeness in likenesses { starts[bucket(likeness[part.half]) + 1] += 1 }
    for index in 0..<Self.count { starts[index + 1] += starts[index] }
    var free = starts
    var halves = [UInt64](repeating: 0, count: likenesses.count)
    var (others, places) = (halves, [Int32](repeating: 0, count: likenesses.count))
    for (place, likeness) in likenesses.enumerated() {
      let half = likeness[part.half]
      let target = Int(free[bucket(half)])
      free[bucket(half)] += 1
      halves[target] = half
      others[target] = likeness[part.half.other]
      places[target] = Int32(place)
    }
    (self.starts, self.halves, self.others, self.places) = (starts, halves, others, places)
  }

  /// Where those of a value lie.
  subscript(value: Int) -> Range<Int> { Int(starts[value])..<Int(starts[value + 1]) }
}

/// Sixteen bits of one half of a likeness.
struct LikenessPart {
  enum Half: CaseIterable {
    case whole, middle

    var other: Half { self == .whole ? .middle : .whole }
  }

  /// How many there are of a half.
  static let countOfHalf = 64 / LikenessBuckets.bits

  let half: Half
  let number: Int
}

extension Likeness {
  fileprivate subscript(half: LikenessPart.Half) -> UInt64 {
    half == .whole ? bits : inner
  }
}
