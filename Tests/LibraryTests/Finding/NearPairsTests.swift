import Foundations
import Library
import Model
import TestSupport
import Testing

@Suite("near pairs")
struct NearPairsTests {
  @Test("are those that comparing each with each finds", arguments: [0, 1, 5, 12, 16, 20])
  func same(distance: Int) throws {
    var random = Seeded()
    let likenesses = Self.crowd(800, around: distance, using: &random)
    var found: Set<Pair> = []
    try NearPairs.each(of: likenesses, within: distance, comparesFew: false) {
      found.insert(Pair($0, $1))
    }
    var wanted: Set<Pair> = []
    for left in likenesses.indices {
      for right in likenesses.indices.dropFirst(left + 1)
      where likenesses[left].distance(to: likenesses[right]) <= distance {
        wanted.insert(Pair(left, right))
      }
    }
    #expect(wanted.count > 50, "SEED=\(random.seed)")
    #expect(found == wanted, "SEED=\(random.seed)")
  }

  @Test("end once their flag is raised")
  func stopped() throws {
    var random = SeededGenerator(seed: 1)
    let likenesses = (0..<3_000).map { _ in
      Likeness(bits: random.next(), inner: random.next())
    }
    let stop = StopFlag()
    stop.stop()
    #expect(throws: StoppedFailure.self) {
      try NearPairs.each(of: likenesses, within: 20, stop: stop) { _, _ in }
    }
  }

  /// Likenesses by chance, each second one about so far from one before it, in each way there is.
  private static func crowd(
    _ count: Int, around distance: Int, using random: inout Seeded
  ) -> [Likeness] {
    var crowd: [Likeness] = []
    for index in 0..<count {
      guard index % 2 == 1, let near = crowd.randomElement(using: &random) else {
        crowd.append(Likeness(bits: random.next(), inner: random.next()))
        continue
      }
      func changed(_ half: UInt64, _ bits: Int) -> UInt64 {
        let places = (0..<64).shuffled(using: &random).prefix(max(0, min(64, bits)))
        return places.reduce(half) { $0 ^ 1 << UInt64($1) }
      }
      let off = Int.random(in: -2...2, using: &random)
      let all = max(0, 2 * distance + off)
      let part = Int.random(in: 0...all, using: &random)
      let one =
        switch index % 6 {
        case 1: Likeness(bits: changed(near.bits, part), inner: changed(near.inner, all - part))
        case 3: Likeness(bits: changed(near.inner, distance + off), inner: random.next())
        default: Likeness(bits: random.next(), inner: changed(near.bits, distance + off))
        }
      crowd.append(one)
    }
    return crowd
  }

  private struct Pair: Hashable {
    let first: Int
    let second: Int

    init(_ one: Int, _ other: Int) {
      first = min(one, other)
      second = max(one, other)
    }
  }
}
