/// Which frames of a segment a cheap probe encodes, and at which preset.
package enum ProbeSample {
  /// The fast preset; its pictures are a little worse, which the search learns.
  ///
  /// 12 is a sixth cheaper and three times as far off: measuring costs twice what either encodes.
  package static let preset = 10
  private static let fewest = 24
  private static let most = 48

  // CPU milliseconds a frame of 1080p: SVT-AV1 4.2 at presets 6 and 10, VMAF with the decoding.
  private static let encode = 113.0
  private static let probe = 25.0
  private static let measure = 53.0

  /// A third of the segment from its middle, 24 to 48 frames one after the other.
  ///
  /// One after the other, since frames left out make movements larger, which moves both the
  /// encoder's choices and the score.
  package static func frames(of segment: Range<Int>) -> Range<Int> {
    let count = min(segment.count, max(fewest, min(most, segment.count / 3)))
    let begin = segment.lowerBound + (segment.count - count) / 2
    return begin..<begin + count
  }

  /// What a probe of so many frames costs of the segment's encode with its measurement.
  package static func share(of count: Int) -> Double {
    let sample = Double(frames(of: 0..<count).count)
    return sample * (probe + measure) / (Double(max(count, 1)) * (encode + measure))
  }
}
