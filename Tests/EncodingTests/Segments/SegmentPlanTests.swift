import Encoding
import Media
import TestSupport
import Testing

@Suite("A plan of segments")
struct SegmentPlanTests {
  @Test("has every frame once, in order, in segments neither too short nor too long")
  func everyFrameOnce() throws {
    try property("segments cover a film", times: 2_000) { random in
      let count = Int.random(in: 1...6_000, using: &random)
      let cuts = (0..<Int.random(in: 0...60, using: &random)).map { _ in
        Int.random(in: -5...count + 5, using: &random)
      }
      let rate = [Rational(24, 1), Rational(30_000, 1_001), Rational(60, 1), Rational(1, 0)]
        .randomElement(using: &random)!
      let segments = SegmentPlan(cuts: cuts, count: count, rate: rate).segments
      #expect(segments.map(\.index) == Array(segments.indices))
      #expect(segments.first?.frames.lowerBound == 0 && segments.last?.frames.upperBound == count)
      for (left, right) in zip(segments, segments.dropFirst()) {
        #expect(left.frames.upperBound == right.frames.lowerBound)
      }
      let most = SegmentPlan.most(at: rate)
      #expect(segments.allSatisfy { $0.frames.count <= most })
      #expect(segments.count == 1 || segments.allSatisfy { $0.frames.count >= 24 })
    }
  }

  @Test("begins at the cuts that leave room on both sides")
  func atCuts() {
    let plan = SegmentPlan(cuts: [100, 110, 190], count: 200, rate: Rational(24, 1))
    #expect(plan.segments.map(\.frames) == [0..<100, 100..<200])
  }

  @Test("divides a long scene evenly, into whole mini-GOPs and one frame")
  func longScene() {
    let lengths = SegmentPlan(cuts: [], count: 1_000, rate: Rational(24, 1)).segments
      .map(\.frames.count)
    #expect(lengths.count == 5)
    #expect(lengths.dropLast().allSatisfy { $0 % 32 == 1 })
    #expect(lengths.allSatisfy { (150...240).contains($0) })
  }

  @Test("of a short film is one segment, of no film none")
  func short() {
    let rate = Rational(24, 1)
    #expect(SegmentPlan(cuts: [3], count: 7, rate: rate).segments.map(\.frames) == [0..<7])
    #expect(SegmentPlan(cuts: [], count: 0, rate: rate).segments.isEmpty)
    #expect(SegmentPlan(whole: 5_000).segments.map(\.frames) == [0..<5_000])
  }
}
