import Encoding
import Media
import TestSupport
import Testing

@Suite("The segments that stand for a film")
struct FilmSamplesTests {
  private func plan(_ lengths: [Int]) -> SegmentPlan {
    var begin = 0
    return SegmentPlan(
      lengths.enumerated().map { index, length in
        defer { begin += length }
        return Segment(index: index, frames: begin..<begin + length)
      })
  }

  @Test("are all of a short film's, and twelve of a long one's, spread evenly")
  func count() {
    #expect(FilmSamples(of: plan([90])).samples.map(\.frames) == [0..<90])
    #expect(FilmSamples(of: plan([40, 40, 40])).frames == 120)
    #expect(
      FilmSamples(of: plan([40, 40, 40, 40]), places: 2).samples.map(\.frames) == [
        40..<80, 120..<160,
      ])
    let long = FilmSamples(of: plan(Array(repeating: 100, count: 240)))
    #expect(long.count == 12 && long.frames == 1_200)
    let begins = long.samples.map(\.frames.lowerBound)
    #expect(zip(begins.dropFirst(), begins).allSatisfy { $0 - $1 == 2_000 })
    let weights = FilmSamples(of: plan([50, 100, 50]), places: 100).samples.map(\.weight)
    #expect(weights == [0.25, 0.5, 0.25])
    #expect(FilmSamples(of: plan([])).count == 0)
  }

  @Test("are calm and busy ones as the film has them")
  func complexity() {
    // Three of four frames are calm, and all of these come first.
    let plan = plan(Array(repeating: 50, count: 80))
    let complexity = (0..<4_000).map { $0 < 3_000 ? Float($0 % 7) : 50 }
    let samples = FilmSamples(of: plan, complexity: complexity, places: 8)
    #expect(samples.samples.count { $0.frames.lowerBound >= 3_000 } == 2)
  }

  @Test("tell the mean of the frames, whatever the lengths of the segments")
  func mean() {
    var random = Seeded()
    var (far, off) = (0.0, 0.0)
    let films = 100
    for _ in 0..<films {
      // Short segments are worse here than long ones: to count each the same would be wrong.
      let lengths = (0..<120).map { _ in Int.random(in: 24...240, using: &random) }
      let quality = lengths.map { 85 + Double($0) / 24 + Double.random(in: -1...1, using: &random) }
      let plan = plan(lengths)
      let samples = FilmSamples(of: plan)
      #expect(abs(samples.samples.reduce(0) { $0 + $1.weight } - 1) < 1e-9)
      let told = samples.samples.reduce(0) { sum, sample in
        let index = plan.segments.firstIndex { $0.frames == sample.frames } ?? 0
        return sum + sample.weight * quality[index]
      }
      let truth =
        zip(lengths, quality).reduce(0) { $0 + Double($1.0) * $1.1 } / Double(lengths.reduce(0, +))
      far += abs(told - truth)
      off += told - truth
    }
    #expect(far / Double(films) < 1, "SEED=\(random.seed)")
    #expect(abs(off / Double(films)) < 0.3, "SEED=\(random.seed)")
  }
}
