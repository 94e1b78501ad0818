import FFmpegTool
import Foundations

/// Makes the pieces a search asks for, unless the store has them.
struct PieceMaker: Sendable {
  let job: EncodingJob
  let gate: MemoryGate
  let stop: StopFlag

  /// A piece that the encoder or the measure could not make, with what they said.
  struct Trouble: Error {
    let cause: any Error
    let wasMeasuring: Bool

    private static let codesOfAll: Set<FailureCode> = [
      .toolMissing, .toolUnknownParameter, .encodingFilmChanged, .encodingPictureChanges,
    ]

    /// Whether no other segment would do better.
    ///
    /// So it is where the tool is missing or lacks something, or the disk fails. What crashes or
    /// hangs may do so for one segment alone.
    var concernsAll: Bool {
      guard let failure = cause as? any Failure else { return false }
      return failure is FileFailure || failure.kind == .configuration
        || Self.codesOfAll.contains(failure.code)
    }
  }

  /// The frames at the settings, measured where a metric is given.
  func encode(
    _ frames: Range<Int>, _ settings: AV1Settings, by metric: QualityMetric?,
    scoredEvery: Int = 1, keepsFile: Bool = true
  ) throws -> StoredPiece {
    try job.store.piece(
      job.origin.key(of: frames, settings, scoredEvery: scoredEvery), of: frames,
      scoredEvery: scoredEvery, keepsFile: keepsFile, stop: stop
    ) { file in try make(frames, settings, metric, scoredEvery, file) }
  }

  /// The frames of a sample at the settings; only scores are kept of it.
  func sample(
    _ ranges: [Range<Int>], _ settings: AV1Settings, by metric: QualityMetric
  ) throws -> Sampled {
    var sampled = Sampled()
    let every = ProbeSample.measuredEvery(by: metric)
    for frames in ranges {
      sampled.add(
        try encode(frames, settings, by: metric, scoredEvery: every, keepsFile: false))
    }
    return sampled
  }

  /// What samples have shown together.
  struct Sampled {
    private var scores = 0.0
    private(set) var frames = 0
    private(set) var bytes: Int64 = 0
    private(set) var cpuSeconds = 0.0
    private(set) var scoreSeconds = 0.0
    private(set) var isReused = true

    mutating func add(_ stored: StoredPiece) {
      frames += stored.scored.scores.count
      scores += stored.scored.scores.reduce(0, +)
      bytes += stored.piece.bytes
      cpuSeconds += stored.piece.cpuSeconds
      scoreSeconds += stored.scored.cpuSeconds
      isReused = isReused && stored.isReused
    }

    var quality: Double { frames > 0 ? scores / Double(frames) : 0 }
  }

  private func make(
    _ frames: Range<Int>, _ settings: AV1Settings, _ metric: QualityMetric?, _ every: Int,
    _ file: FilePath
  ) throws -> (EncodedPiece, ScoredPiece) {
    try gate.run(stop: stop) {
      let piece = try attempt(measuring: false) {
        try job.encoder.encode(frames, every: 1, settings, into: file, stop: stop)
      }
      guard let metric else {
        return ((piece, ScoredPiece(scores: [], cpuSeconds: 0)), piece.peakMemory)
      }
      let scored = try attempt(measuring: true) {
        try job.encoder.score(piece, by: metric, every: every, stop: stop)
      }
      let count = (frames.count + every - 1) / every
      guard scored.scores.count == count, scored.scores.allSatisfy(\.isFinite) else {
        let told = "\(scored.scores.count) scores came for \(count) frames"
        throw Trouble(cause: EncodingFailure(.encodingCheckFailed, told), wasMeasuring: true)
      }
      return ((piece, scored), piece.peakMemory)
    }
  }

  private func attempt<T>(measuring: Bool, _ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let stopped as StoppedFailure {
      throw stopped
    } catch {
      // What ends because it was stopped may say so in words of its own.
      try stop.check()
      throw Trouble(cause: fullDisk(error) ?? error, wasMeasuring: measuring)
    }
  }

  /// What a tool says of a disk that is full is no failing of the tool.
  private func fullDisk(_ error: any Error) -> FileFailure? {
    guard let process = (error as? FFmpegToolFailure)?.cause as? ProcessFailure,
      process.lastLines.contains(where: { $0.contains("No space left on device") })
    else { return nil }
    return FileFailure(
      .diskFull, "there is no room left for pieces in \(job.store.path)",
      hint: "free some space and run the same again: what is finished is kept and taken up",
      cause: error)
  }
}
