package import Encoding

/// What a search took, in CPU milliseconds of 1080p frames as they were measured.
package struct SearchCost: Sendable {
  /// SVT-AV1 4.2 at presets 6, 10 and 12, VMAF, the decoding of AV1.
  package static let (slow, middle, fast) = (113.0, 25.0, 21.0)
  package static let (vmaf, decode) = (48.0, 5.0)
  /// VMAF of every third frame, of which our probes make do.
  package static let thirdVMAF = 24.0

  /// Encodes at the final preset, of which one a segment is delivered.
  package var encodes = 0
  package var segments = 0
  package var probes = 0
  /// Encoding of what is delivered alone.
  package var finals = 0.0
  /// Encoding of what is not.
  package var again = 0.0
  /// Encoding of probes.
  package var cheap = 0.0
  /// Measuring what is delivered.
  package var finalScores = 0.0
  /// Measuring all else.
  package var otherScores = 0.0

  /// Nothing yet.
  package init() {}

  /// Full encodes a segment.
  package var encodesPerSegment: Double { Double(encodes) / Double(max(segments, 1)) }
  /// Everything over what is delivered, with its measurement on both sides.
  package var overhead: Double {
    (finals + again + cheap + finalScores + otherScores) / (finals + finalScores)
  }
  /// Encoding alone: probes, encodes again and finals, over finals.
  package var encodingOverhead: Double { (finals + again + cheap) / finals }
  /// Everything over the finals' encoding alone.
  package var fullOverhead: Double {
    (finals + again + cheap + finalScores + otherScores) / finals
  }

  /// Adds what a segment took: full encodes of which one stays, and probes of fewer frames.
  package mutating func add(
    frames: Int, encodes: Int, probes: Int, probeFrames: Int, probeCost: Double = Self.middle
  ) {
    segments += 1
    self.encodes += encodes
    self.probes += probes
    finals += Double(frames) * Self.slow
    finalScores += Double(frames) * (Self.vmaf + Self.decode)
    again += Double(frames * (encodes - 1)) * Self.slow
    cheap += Double(probeFrames * probes) * probeCost
    otherScores +=
      Double(frames * (encodes - 1)) * (Self.vmaf + Self.decode)
      + Double(probeFrames * probes) * (Self.thirdVMAF + Self.decode)
  }

  /// Adds a segment whose final encode nobody measures, after probes of all its frames.
  ///
  /// Probes at the final preset are full encodes.
  package mutating func addUnscored(frames: Int, probes: Int, probeCost: Double) {
    segments += 1
    self.probes += probes
    encodes += 1 + (probeCost == Self.slow ? probes : 0)
    finals += Double(frames) * Self.slow
    cheap += Double(frames * probes) * probeCost
    otherScores += Double(frames * probes) * (Self.vmaf + Self.decode)
  }

  /// Adds what a film's search took.
  package mutating func add(_ title: TitleSearch) {
    for (index, search) in title.done.enumerated() {
      guard let search else { continue }
      add(
        frames: title.frames[index], encodes: search.encodes.count, probes: search.probes.count,
        probeFrames: ProbeSample.count(of: title.frames[index]))
    }
  }
}
