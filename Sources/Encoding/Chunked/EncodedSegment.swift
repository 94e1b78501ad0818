package import FFmpegTool
import Foundations

/// A segment that is done: its piece, and what it took.
package struct EncodedSegment: Sendable {
  package let segment: Segment
  /// What it was encoded with.
  package let settings: AV1Settings
  package let piece: EncodedPiece
  /// The score of each frame; empty where none was asked for or none could be had.
  package let scores: [Double]
  package let work: SegmentEffort
  /// What did not go as it should: the target not met, simpler settings taken.
  package let warnings: [String]

  /// The mean of the scores; nil where there are none.
  package var quality: Double? {
    scores.isEmpty ? nil : ScoredPiece(scores: scores, cpuSeconds: 0).mean
  }
}

/// What a segment's search and encodes took, what was found in the store among it.
package struct SegmentEffort: Sendable, Hashable {
  /// Cheap probes, and encodes at full cost.
  package var probes = 0
  package var encodes = 0
  /// How many of these were in the store already.
  package var reused = 0
  /// CPU seconds of probes, of all encodes, of what is delivered alone, of measuring.
  package var probeSeconds = 0.0
  package var encodeSeconds = 0.0
  package var finalSeconds = 0.0
  package var scoreSeconds = 0.0
  /// CPU seconds of measuring what is delivered.
  package var finalScoreSeconds = 0.0

  /// Nothing yet.
  package init() {}

  /// Both together.
  package static func + (left: Self, right: Self) -> Self {
    var sum = left
    sum.probes += right.probes
    sum.encodes += right.encodes
    sum.reused += right.reused
    sum.probeSeconds += right.probeSeconds
    sum.encodeSeconds += right.encodeSeconds
    sum.finalSeconds += right.finalSeconds
    sum.scoreSeconds += right.scoreSeconds
    sum.finalScoreSeconds += right.finalScoreSeconds
    return sum
  }

  /// What all of it took over what is delivered with its measurement; 1 is no search at all.
  package var overhead: Double {
    let delivered = finalSeconds + finalScoreSeconds
    return delivered > 0 ? (probeSeconds + encodeSeconds + scoreSeconds) / delivered : 1
  }
}
