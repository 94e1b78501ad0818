package import Foundations

/// What was looked at for an ffmpeg, and what it was found to be.
package struct FFmpegSearch: Sendable {
  /// Where a place comes from.
  package enum Source: String, Sendable {
    /// MEDIARY_FFMPEG or the configuration.
    case named
    /// The folders of PATH.
    case path
    /// The project's own.
    case pinned
  }

  /// One place, and what is there.
  package struct Candidate: Sendable {
    package let path: FilePath
    package let source: Source
    /// The program, or why there is none to be used.
    package let outcome: Result<FFmpegProgram, FFmpegToolFailure>
  }

  /// All that was looked at, in order; places of `PATH` where nothing stands are left out.
  package let candidates: [Candidate]

  /// What to do for a better one.
  package static let installing =
    "run scripts/ensure-ffmpeg, or name one by MEDIARY_FFMPEG that has SVT-AV1 and libvmaf"

  /// The one to be used; nil where none can encode.
  ///
  /// One that was named comes before all others, then one of `PATH` that has everything, then the
  /// project's own, then whatever has the most.
  package var program: FFmpegProgram? {
    let usable = candidates.compactMap { candidate in
      (try? candidate.outcome.get()).map { (candidate.source, $0) }
    }.filter { $1.encoderVersion != nil }
    if let named = usable.first(where: { $0.0 == .named }) { return named.1 }
    if let complete = usable.first(where: { $1.isComplete }) { return complete.1 }
    // Of equals the first: `max` takes the last.
    return usable.map(\.1).reversed().max { $0.rank < $1.rank }
  }

  /// The one to be used; `tool.missing` with all that was looked at where there is none.
  package func requireProgram() throws(FFmpegToolFailure) -> FFmpegProgram {
    if let program { return program }
    let looked = candidates.map { candidate in
      switch candidate.outcome {
      case .success: "\(candidate.path): has no SVT-AV1"
      case .failure(let failure): "\(candidate.path): \(failure.message)"
      }
    }
    throw FFmpegToolFailure(
      .toolMissing,
      "there is no ffmpeg that can encode AV1"
        + (looked.isEmpty ? "; none is installed" : "\n" + looked.joined(separator: "\n")),
      hint: Self.installing)
  }

  /// One that can measure by a metric, the one to be used first; `tool.missing` where none can.
  package func requireProgram(
    measuring metric: QualityMetric
  ) throws(FFmpegToolFailure) -> FFmpegProgram {
    let able = candidates.compactMap { try? $0.outcome.get() }
      .filter { $0.metrics.contains(metric) }
    if let program, able.contains(program) { return program }
    if let first = able.first { return first }
    let looked = candidates.map(\.path.text).joined(separator: ", ")
    throw FFmpegToolFailure(
      .toolMissing,
      "there is no ffmpeg that can measure \(metric.rawValue); looked at "
        + (looked.isEmpty ? "nothing, none is installed" : looked),
      hint: Self.installing)
  }
}

extension FFmpegProgram {
  /// Whether it has all that Mediary can make use of.
  package var isComplete: Bool { (encoderMajor ?? 0) >= 2 && metrics.contains(.vmaf) }

  /// The first number of the encoder's version.
  var encoderMajor: Int? {
    encoderVersion.flatMap { Int($0.prefix { $0.isNumber }) }
  }

  /// How much it has, for choosing among those that lack something.
  fileprivate var rank: Int {
    (metrics.contains(.vmaf) ? 1_000 : 0) + (metrics.contains(.xpsnr) ? 500 : 0)
      + min(encoderMajor ?? 0, 99)
  }
}
