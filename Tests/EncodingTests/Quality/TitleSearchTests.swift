import Encoding
import EncodingSimulation
import Testing

@Suite("The search for a quality")
struct TitleSearchTests {
  @Test("brings films near the target at little more than the cost of one encode a segment")
  func goals() {
    var cost = SearchCost()
    var (near, all, off) = (0, 0, 0)
    for seed in 0..<60 as Range<UInt64> {
      let film = SimulatedTitle(segments: 60, seed: seed)
      let title = film.search(QualityGoal(target: 93))
      cost.add(title)
      for (index, search) in title.done.enumerated() where film.reach(index).contains(93) {
        all += 1
        near += abs((search?.quality ?? 0) - 93) <= 1.5 ? 1 : 0
      }
      off += abs((title.mean ?? 0) - 93) > 0.5 ? 1 : 0
    }
    #expect(cost.encodesPerSegment <= 1.2)
    #expect(cost.overhead <= 1.35)
    #expect(Double(near) >= 0.95 * Double(all))
    // Films of which a large part is too easy to be as bad as asked cannot be.
    #expect(off <= 1)
  }

  @Test(
    "encodes nothing more than three times, whatever the curve",
    arguments: SimulatedCurve.Shape.allCases)
  func bounded(shape: SimulatedCurve.Shape) {
    for seed in 0..<200 as Range<UInt64> {
      let film = SimulatedTitle(
        segments: 3, seed: seed, bias: .independent, shapes: [shape])
      let title = film.search(QualityGoal(target: seed % 2 == 0 ? 93 : 97))
      for search in title.done {
        #expect((1...3).contains(search?.encodes.count ?? 0))
        #expect((0...3).contains(search?.probes.count ?? 9))
        let crfs = search?.encodes.map(\.crfQuarters) ?? []
        #expect(Set(crfs).count == crfs.count, "nothing is encoded twice alike")
        #expect(crfs.allSatisfy { (20...252).contains($0) })
      }
    }
  }

  @Test("does its best where nothing reaches the target, and does not pay for what gains nothing")
  func unreachable() throws {
    var curve = SimulatedCurve()
    curve.shape = .saturating
    curve.noise = 0
    let film = SimulatedTitle(frames: [120, 120], curves: [curve, curve])
    let title = film.search(QualityGoal(target: 98.5))
    for search in title.done {
      let search = try #require(search)
      #expect(!search.isWithinTolerance)
      let quality = try #require(search.quality)
      #expect(quality > 95)
    }
  }

  @Test("takes whole CRFs where the encoder takes no others")
  func whole() {
    let film = SimulatedTitle(segments: 30, seed: 7)
    let title = film.search(QualityGoal(target: 93, takesQuarters: false))
    let crfs = title.done.flatMap { ($0?.encodes ?? []) + ($0?.probes ?? []) }.map(\.crfQuarters)
    #expect(crfs.count > 30 && crfs.allSatisfy { $0 % 4 == 0 })
  }

  @Test("spreads the quality for fewer bits at the same mean, above a floor, if asked to")
  func lagrangian() throws {
    var (constant, lagrangian) = (0.0, 0.0)
    for seed in 0..<20 as Range<UInt64> {
      let film = SimulatedTitle(segments: 60, seed: seed, shapes: [.ordinary])
      let even = film.search(QualityGoal(target: 93))
      let spread = film.search(QualityGoal(target: 93), allocation: .lagrangian)
      #expect(abs(try #require(spread.mean) - 93) <= 0.5)
      #expect(spread.done.allSatisfy { ($0?.quality ?? 0) > 86 })
      constant += bytes(even)
      lagrangian += bytes(spread)
    }
    #expect(lagrangian < constant)
  }

  @Test("gives the same for the same film, and batches that hold every segment once")
  func deterministic() {
    let film = SimulatedTitle(segments: 77, seed: 3)
    let goal = QualityGoal(target: 93)
    let (first, second) = (film.search(goal), film.search(goal))
    #expect(first.done.map { $0?.encodes } == second.done.map { $0?.encodes })
    #expect(first.done.allSatisfy { $0 != nil })
  }

  private func bytes(_ title: TitleSearch) -> Double {
    title.done.reduce(0.0) { sum, search in
      guard let search, let chosen = search.chosen else { return sum }
      return sum + Double(search.encodes[chosen].bytes)
    }
  }
}
