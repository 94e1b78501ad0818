/// Which segments stand for a film that is not encoded as a whole.
///
/// Whole segments, since an encode of the film will make the very same ones: pieces of a few frames
/// would begin with a key frame each, which is better than what follows it and takes more.
package struct FilmSamples: Sendable, Hashable {
  /// A segment that is looked at, and how much of the film it stands for.
  package struct Sample: Sendable, Hashable {
    package let frames: Range<Int>
    package let weight: Double
  }

  /// As many as say enough of any film.
  private static let usual = 12

  /// In the order of the film; their weights make one.
  package let samples: [Sample]

  /// Twelve segments, or as many as asked for; all where there are no more.
  ///
  /// The segments are put in the order of their complexity, and of all frames in that order some
  /// are taken that are equally far apart: the segments that hold them are the samples. So calm and
  /// busy ones are met as often as the film has them, a long one more often than a short one, and a
  /// segment that is met twice counts twice.
  ///
  /// - Parameter complexity: how much there is to code in each frame; in the order of the film
  ///   where it is not known.
  package init(of plan: SegmentPlan, complexity: [Float] = [], places wanted: Int? = nil) {
    let segments = plan.segments
    let count = segments.last?.frames.upperBound ?? 0
    let places = wanted ?? Self.usual
    guard places < segments.count else {
      samples = segments.map {
        Sample(frames: $0.frames, weight: Double($0.frames.count) / Double(count))
      }
      return
    }
    var met: [Int: Int] = [:]
    var (end, taken) = (0, 0)
    for segment in Self.ordered(segments, complexity) {
      end += segment.frames.count
      while taken < places, (2 * taken + 1) * count / (2 * places) < end {
        met[segment.index, default: 0] += 1
        taken += 1
      }
    }
    samples = met.sorted { $0.key < $1.key }.map { index, times in
      Sample(frames: segments[index].frames, weight: Double(times) / Double(places))
    }
  }

  private static func ordered(_ segments: [Segment], _ complexity: [Float]) -> [Segment] {
    guard let last = segments.last, complexity.count >= last.frames.upperBound else {
      return segments
    }
    let means = segments.map { segment in
      complexity[segment.frames].reduce(0, +) / Float(segment.frames.count)
    }
    return segments.sorted { (means[$0.index], $0.index) < (means[$1.index], $1.index) }
  }

  /// How many segments.
  package var count: Int { samples.count }
  /// How many frames.
  package var frames: Int { samples.reduce(0) { $0 + $1.frames.count } }
}
