package import Media

/// How a film is divided into stretches that are encoded by themselves.
///
/// Segments begin at scene cuts, so that the key frame each of them begins with is where one is
/// wanted anyway. Scenes too short are joined to a neighbour, and long ones divided evenly.
///
/// Where a cut is ours to choose, the parts are a whole number of mini-GOPs and one frame more. In
/// SVT-AV1 pictures are predicted in pyramids of 32: the key frame stands alone, then each pyramid
/// closes with its last picture. A length of 32k + 1 leaves no broken pyramid at the end, as
/// <https://github.com/rust-av/Av1an/issues/1217> found of lengths that were off by a frame or two.
/// Where a scene ends is not ours to choose: its last part takes what remains.
package struct SegmentPlan: Sendable, Hashable {
  /// No segment is shorter, unless the film is.
  package static let fewest = 24
  /// The pictures of a pyramid of SVT-AV1's.
  package static let miniGOP = 32
  private static let longestSeconds = 10.0

  /// The segments in order; every frame of the film is in exactly one.
  package let segments: [Segment]

  /// Divides `count` frames at the cuts.
  ///
  /// - Parameter rate: frames over seconds, which says how many frames 10 s are; where it is not
  ///   known or absurd, 24 a second are taken.
  package init(cuts: [Int], count: Int, rate: Rational) {
    let most = Self.most(at: rate)
    var begins = Self.begins(of: cuts, count: count)
    begins.append(max(count, 0))
    var ranges: [Range<Int>] = []
    for (begin, end) in zip(begins, begins.dropFirst()) where begin < end {
      ranges += Self.divide(begin..<end, most)
    }
    segments = ranges.enumerated().map { Segment(index: $0.offset, frames: $0.element) }
  }

  /// Segments that were made elsewhere, each frame in exactly one.
  package init(_ segments: [Segment]) {
    self.segments = segments
    for (index, segment) in segments.enumerated() {
      let begin = index > 0 ? segments[index - 1].frames.upperBound : 0
      precondition(
        segment.index == index && segment.frames.lowerBound == begin && !segment.frames.isEmpty,
        "segments follow each other without gaps")
    }
  }

  /// A film of one segment, for one encode of the whole.
  package init(whole count: Int) {
    segments = count > 0 ? [Segment(index: 0, frames: 0..<count)] : []
  }

  /// How many frames the longest segment has at a rate.
  package static func most(at rate: Rational) -> Int {
    let perSecond = rate.denominator > 0 ? Double(rate.numerator) / Double(rate.denominator) : 0
    let usable = (1...300).contains(perSecond) ? perSecond : 24
    return max(4 * fewest, Int(longestSeconds * usable))
  }

  /// Where segments begin by the cuts alone: in order, none too near to another or to the end.
  private static func begins(of cuts: [Int], count: Int) -> [Int] {
    var begins = [0]
    for cut in cuts.sorted() where cut - (begins.last ?? 0) >= fewest && count - cut >= fewest {
      begins.append(cut)
    }
    return begins
  }

  private static func divide(_ scene: Range<Int>, _ most: Int) -> [Range<Int>] {
    let parts = (scene.count + most - 1) / most
    guard parts > 1 else { return [scene] }
    var ranges: [Range<Int>] = []
    var begin = scene.lowerBound
    for left in stride(from: parts, to: 1, by: -1) {
      let rest = scene.upperBound - begin
      let length = length(near: (rest + left - 1) / left, rest: rest, left: left, most)
      ranges.append(begin..<begin + length)
      begin += length
    }
    ranges.append(begin..<scene.upperBound)
    return ranges
  }

  /// The whole number of mini-GOPs nearest to an even share, so that the rest can be divided, too.
  private static func length(near share: Int, rest: Int, left: Int, _ most: Int) -> Int {
    let below = (share - 1) / miniGOP * miniGOP + 1
    let nearest = share - below <= miniGOP / 2 ? below : below + miniGOP
    for length in [nearest, below, below + miniGOP] {
      let remains = rest - length
      if length >= fewest, length <= most, remains <= (left - 1) * most,
        remains >= (left - 1) * fewest
      {
        return length
      }
    }
    return share
  }
}
