package import FFmpegTool

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
  private static let measureProbe = 29.0

  // What is longer than a segment can be is looked at in several places, ten seconds apart.
  private static let long = 600
  private static let mostPlaces = 12
  private static let placeDistance = 240

  /// Two thirds of the segment from its middle, 24 to 48 frames one after the other; of a whole
  /// film, as many in up to twelve places.
  ///
  /// Of two real clips, 48 frames scattered by 0.6 VMAF around their segments, and 24 by 1.4.
  ///
  /// One after the other, since frames left out make movements larger, which moves both the
  /// encoder's choices and the score.
  package static func frames(of segment: Range<Int>) -> [Range<Int>] {
    let places = segment.count <= long ? 1 : min(mostPlaces, segment.count / placeDistance)
    let part = segment.count / places
    return (0..<places).map { place in
      let begin = segment.lowerBound + place * part
      let count = min(part, max(fewest, min(most, part * 2 / 3)))
      let first = begin + (part - count) / 2
      return first..<first + count
    }
  }

  /// One frame of how many is measured.
  ///
  /// All are encoded. An encoder gives frames at even places more bits, so the number is odd: on six
  /// clips the mean of every third frame was 0.06 ± 0.17 VMAF from that of all, of every second 0.7,
  /// for two fifths of the cost.
  package static func measuredEvery(by metric: QualityMetric) -> Int { metric == .vmaf ? 3 : 1 }

  /// How many frames that are.
  package static func count(of segment: Int) -> Int {
    frames(of: 0..<max(segment, 0)).reduce(0) { $0 + $1.count }
  }

  /// What a probe of so many frames costs of the segment's encode with its measurement.
  package static func share(of count: Int) -> Double {
    let sample = Double(self.count(of: count))
    return sample * (probe + measureProbe) / (Double(max(count, 1)) * (encode + measure))
  }
}
