import FFmpegTool
package import Foundations
import Synchronization

/// Finds the one CRF that brings a film to a quality, without encoding the film.
///
/// Some of its segments stand for all. Cheap probes of them narrow it down; then they are encoded as
/// an encode of the film would, until one CRF is near enough. What was measured before is found in
/// the store.
package struct CRFSearch: Sendable {
  /// The samples at one CRF, and what came out.
  package struct Trial: Sendable, Hashable {
    package let crf: Double
    package let preset: Int
    package let quality: Double
    /// What the film's pictures would take, by the samples.
    package let predictedBytes: Int64
    /// Whether it only tells where to look: its preset is faster than what was asked for.
    package let isProbe: Bool
    /// Whether all of it was in the store.
    package let isReused: Bool
  }

  /// What was found.
  package struct Found: Sendable, Hashable {
    package let crf: Double
    /// What the samples reached at this CRF.
    package let predictedQuality: Double
    /// What the film's pictures will take, by the samples.
    package let predictedBytes: Int64
    /// What was measured on the way, in order.
    package let trials: [Trial]
    /// Whether the quality asked for is reached within the tolerance.
    package let isMet: Bool

    /// How many encodes of the samples that took, cheap and dear.
    package var probes: Int { trials.count }
  }

  /// What is told of a search.
  package enum News: Sendable {
    /// A step begins: the CRF, and whether it is cheap.
    case trying(crf: Double, isProbe: Bool)
    /// So many of the step's samples are done.
    case sampled(Int, of: Int)
    /// A step is done.
    case tried(Trial)
  }

  private let job: EncodingJob
  private let gate: MemoryGate
  private let samples: FilmSamples
  private let workers: Int

  /// A search over the film of a job, which has a goal.
  ///
  /// - Parameter samples: the segments that are looked at; those that a film of such a plan usually
  ///   is known by, unless told otherwise.
  package init(
    _ job: EncodingJob, gate: MemoryGate, samples: FilmSamples? = nil, workers: Int = 1
  ) {
    self.job = job
    self.gate = gate
    self.samples = samples ?? FilmSamples(of: job.plan)
    self.workers = max(1, workers)
  }

  /// Does it; it blocks, on a thread of the caller's.
  package func run(
    stop: StopFlag, tell: @escaping @Sendable (News) -> Void = { _ in }
  ) throws -> Found {
    guard let goal = job.goal else {
      throw EncodingFailure.badSetting(
        "--crf", "given to a search", "left out: a search looks for it")
    }
    guard job.origin.count > 0 else {
      throw EncodingFailure(.encodingNoFilm, "there are no frames to look at")
    }
    var title = TitleSearch(frames: [samples.frames], goal: goal)
    let maker = PieceMaker(job: job, gate: gate, stop: stop)
    var trials: [Trial] = []
    // As with segments: once near, it may be tried again, since one film's mean has to be nearer.
    while var search = title.nextBatch().first {
      trials += try go(&search, maker, tell)
      title.take([search])
    }
    guard let search = title.done.first.flatMap({ $0 }), let chosen = search.chosen else {
      preconditionFailure("a search that is finished has encoded something")
    }
    let trial = search.encodes[chosen]
    return Found(
      crf: Double(trial.crfQuarters) / 4, predictedQuality: trial.quality,
      predictedBytes: trial.bytes, trials: trials, isMet: search.isWithinTolerance)
  }

  /// Goes through the search with samples.
  private func go(
    _ search: inout SegmentSearch, _ maker: PieceMaker, _ tell: @escaping @Sendable (News) -> Void
  ) throws -> [Trial] {
    var trials: [Trial] = []
    while true {
      let step = search.next()
      let (settings, isProbe): (AV1Settings, Bool)
      switch step {
      case .finished: return trials
      case .probe(let crf): (settings, isProbe) = (job.settings.probing(crf), true)
      case .encode(let crf): (settings, isProbe) = (job.settings.with(crf), false)
      }
      tell(.trying(crf: settings.crf, isProbe: isProbe))
      let pieces = try pieces(settings, isProbe, search.goal.metric, maker, tell)
      let trial = predict(pieces, settings, isProbe)
      search.take(step, quality: trial.quality, bytes: trial.predictedBytes)
      trials.append(trial)
      tell(.tried(trial))
    }
  }

  /// The pieces of each sample, several samples at a time.
  private func pieces(
    _ settings: AV1Settings, _ isProbe: Bool, _ metric: QualityMetric, _ maker: PieceMaker,
    _ tell: @escaping @Sendable (News) -> Void
  ) throws -> [[StoredPiece]] {
    let samples = samples.samples
    let done = Mutex(
      [Result<[StoredPiece], any Error>?](repeating: nil, count: samples.count))
    let work: @Sendable (Int) -> Void = { place in
      // After a failure the others are not begun.
      let isOver = done.withLock { $0.contains { if case .failure = $0 { true } else { false } } }
      guard !isOver else { return }
      let frames = samples[place].frames
      let ranges = isProbe ? ProbeSample.frames(of: frames) : [frames]
      let result = Result {
        try ranges.map { try maker.encode($0, settings, by: metric, keepsFile: false) }
      }
      let count = done.withLock { done in
        done[place] = result
        return done.count { $0 != nil }
      }
      tell(.sampled(count, of: samples.count))
    }
    try ThreadCrew(helpers: min(workers, samples.count) - 1, named: "encode sample")
      .perform(samples.count, work)
    return try done.withLock { $0 }.compactMap { $0 }.map { result in
      do { return try result.get() } catch let trouble as PieceMaker.Trouble {
        throw trouble.cause
      }
    }
  }

  /// What the film would be like, by the samples; each counts for what it stands for.
  private func predict(
    _ pieces: [[StoredPiece]], _ settings: AV1Settings, _ isProbe: Bool
  ) -> Trial {
    var (quality, bytesPerFrame) = (0.0, 0.0)
    for (sample, stored) in zip(samples.samples, pieces) {
      let scores = stored.flatMap(\.scored.scores)
      guard !scores.isEmpty else { continue }
      let count = Double(scores.count)
      quality += sample.weight * scores.reduce(0, +) / count
      bytesPerFrame += sample.weight * Double(stored.reduce(0) { $0 + $1.piece.bytes }) / count
    }
    return Trial(
      crf: settings.crf, preset: settings.preset, quality: quality,
      predictedBytes: Int64(bytesPerFrame * Double(job.origin.count)), isProbe: isProbe,
      isReused: pieces.allSatisfy { $0.allSatisfy(\.isReused) })
  }
}
