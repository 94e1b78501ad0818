package import FFmpegTool
package import Foundations

/// Encodes stretches of one film, and measures what came out.
///
/// The search for a quality knows nothing more of encoders, so that tests can give it one whose curve
/// is known.
package protocol SegmentEncoder: Sendable {
  /// Encodes frames into a file of bare AV1 (IVF), which holds one packet a frame, the first a key.
  ///
  /// `step` above 1 takes every so-manieth frame alone, for probes.
  func encode(
    _ frames: Range<Int>, every step: Int, _ settings: AV1Settings, into file: FilePath,
    stop: StopFlag
  ) throws -> EncodedPiece

  /// Measures an encoded piece against the source, one frame of `every`.
  func score(
    _ piece: EncodedPiece, by metric: QualityMetric, every: Int, stop: StopFlag
  ) throws -> ScoredPiece
}

/// Frames that were encoded.
package struct EncodedPiece: Sendable, Hashable {
  package let file: FilePath
  /// Which frames of the film.
  package let frames: Range<Int>
  /// Every so-manieth of them.
  package let step: Int
  package let bytes: Int64
  /// What encoding took of the processors, decoding the source left out.
  package let cpuSeconds: Double
  /// The most memory the encoder took.
  package let peakMemory: Int64

  /// A piece by its parts.
  package init(
    file: FilePath, frames: Range<Int>, step: Int, bytes: Int64, cpuSeconds: Double,
    peakMemory: Int64
  ) {
    self.file = file
    self.frames = frames
    self.step = step
    self.bytes = bytes
    self.cpuSeconds = cpuSeconds
    self.peakMemory = peakMemory
  }
}

/// How like its source an encoded piece is.
package struct ScoredPiece: Sendable, Hashable {
  /// One score a measured frame, in order.
  package let scores: [Double]
  /// What measuring took of the processors.
  package let cpuSeconds: Double

  /// Scores.
  package init(scores: [Double], cpuSeconds: Double) {
    self.scores = scores
    self.cpuSeconds = cpuSeconds
  }

  /// Their mean; 0 where there are none.
  package var mean: Double {
    scores.isEmpty ? 0 : scores.reduce(0, +) / Double(scores.count)
  }
}
