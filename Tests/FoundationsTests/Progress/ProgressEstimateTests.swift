import Foundations
import TestSupport
import Testing

@Suite("Estimates of progress")
struct ProgressEstimateTests {
  @Test("Steady work is measured exactly")
  func steady() throws {
    var estimate = ProgressEstimate()
    for second in 0...30 { estimate.record(Double(second) * 24, at: .seconds(second)) }
    let rate = try #require(estimate.perSecond)
    #expect(abs(rate - 24) < 0.001)
    #expect(estimate.remaining(to: 24 * 70, at: .seconds(30)) == .seconds(40))
  }

  @Test("Nothing is said before there is something to say")
  func early() {
    var estimate = ProgressEstimate()
    #expect(estimate.perSecond == nil && estimate.remaining(to: 1, at: .zero) == nil)
    estimate.record(0, at: .zero)
    estimate.record(0.1, at: .seconds(1))
    #expect(estimate.remaining(to: 1, at: .seconds(1)) == nil)
    estimate.record(0.2, at: .seconds(2))
    #expect(estimate.remaining(to: 1, at: .seconds(2)) == .seconds(8))
  }

  @Test("The time left counts down between reports")
  func countsDown() {
    var estimate = ProgressEstimate()
    for second in 0...10 { estimate.record(Double(second), at: .seconds(second)) }
    let left = (10...15).map { estimate.remaining(to: 40, at: .seconds($0)) }
    #expect(left == (10...15).map { .seconds(40 - $0) })
  }

  @Test("Work that has gone silent has no time left to tell, until it goes on")
  func silence() {
    var estimate = ProgressEstimate()
    for second in 0...10 { estimate.record(Double(second), at: .seconds(second)) }
    #expect(estimate.remaining(to: 40, at: .seconds(21)) == nil)
    estimate.record(11, at: .seconds(22))
    #expect(estimate.remaining(to: 40, at: .seconds(22)) != nil)
  }

  @Test("Work that begins anew is measured anew")
  func restart() {
    var estimate = ProgressEstimate()
    for second in 0...10 { estimate.record(Double(second), at: .seconds(second)) }
    estimate.record(0, at: .seconds(11))
    #expect(estimate.perSecond == nil && estimate.remaining(to: 40, at: .seconds(11)) == nil)
  }

  @Test("Bursts and nonsense do no harm")
  func bursts() throws {
    var estimate = ProgressEstimate()
    estimate.record(.nan, at: .zero)
    estimate.record(0, at: .zero)
    for step in 1...1_000 { estimate.record(Double(step), at: .milliseconds(step * 10)) }
    estimate.record(.infinity, at: .seconds(10))
    let rate = try #require(estimate.perSecond)
    #expect(abs(rate - 100) < 5)
    #expect(estimate.remaining(to: 1e300, at: .seconds(10)) == nil)
  }

  @Test("Steps are coarse far away and fine near by")
  func steps() {
    var estimate = ProgressEstimate()
    for second in 0...3 { estimate.record(Double(second), at: .seconds(second)) }
    #expect(estimate.remaining(to: 1_003.5, at: .seconds(3)) == .seconds(1_020))
    var near = ProgressEstimate()
    for second in 0...3 { near.record(Double(second), at: .seconds(second)) }
    #expect(near.remaining(to: 105, at: .seconds(3)) == .seconds(105))
  }

  @Test("Uneven work gives a time left that does not jump about")
  func smooth() throws {
    var random = Seeded()
    var estimate = ProgressEstimate()
    var done = 0.0
    var previous: Double?
    for second in 0...600 {
      estimate.record(done, at: .seconds(second))
      done += Double.random(in: 0.2...1.8, using: &random)
      guard second > 30, let left = estimate.remaining(to: 1_200, at: .seconds(second)) else {
        continue
      }
      let seconds = left / .seconds(1)
      if let previous {
        let countedDown = previous - 1
        // A step of display, and a tenth of what is left.
        #expect(abs(seconds - countedDown) <= 61 + seconds * 0.1, "SEED=\(random.seed)")
      }
      previous = seconds
    }
    #expect(abs(try #require(previous) - 600) < 200, "SEED=\(random.seed)")
  }

  @Test("A change of pace is followed within a minute")
  func changes() throws {
    var estimate = ProgressEstimate()
    var done = 0.0
    for second in 0...200 {
      estimate.record(done, at: .seconds(second))
      _ = estimate.remaining(to: 10_000, at: .seconds(second))
      done += second < 100 ? 10 : 2
    }
    let rate = try #require(estimate.perSecond)
    #expect(abs(rate - 2) < 0.2)
  }
}
