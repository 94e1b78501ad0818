import FFmpegTool
package import Foundations

/// Finds the one CRF that brings a film to a quality, without encoding the film.
///
/// Cheap probes narrow it down; then the samples themselves are encoded at the final preset, as a
/// segment would be, until one encode of them is near enough.
package struct CRFSearch: Sendable {
  /// What was found.
  package struct Found: Sendable, Hashable {
    package let crf: Double
    /// What the samples reached at this CRF.
    package let predictedQuality: Double
    /// What the film's pictures will take, by the samples.
    package let predictedBytes: Int64
    /// How many encodes of the samples that took, cheap and dear.
    package let probes: Int
    /// Whether the quality asked for is reached within the tolerance.
    package let isMet: Bool
  }

  private let job: EncodingJob
  private let gate: MemoryGate

  /// A search over the film of a job, which has a goal.
  package init(_ job: EncodingJob, gate: MemoryGate) {
    self.job = job
    self.gate = gate
  }

  /// Does it; it blocks, on a thread of the caller's.
  package func run(stop: StopFlag) throws -> Found {
    let count = job.origin.count
    guard let goal = job.goal else {
      throw EncodingFailure.badSetting(
        "--crf", "given to a search", "left out: a search looks for it")
    }
    guard count > 0 else {
      throw EncodingFailure(.encodingNoFilm, "there are no frames to look at")
    }
    var title = TitleSearch(frames: [count], goal: goal)
    guard var search = title.nextBatch().first else {
      preconditionFailure("a film of one segment is searched")
    }
    let frames = try go(&search, 0..<count, PieceMaker(job: job, gate: gate, stop: stop))
    guard let chosen = search.chosen else {
      preconditionFailure("a search that is finished has encoded something")
    }
    let trial = search.encodes[chosen]
    let bytes = Double(trial.bytes) * Double(count) / Double(max(frames, 1))
    return Found(
      crf: Double(trial.crfQuarters) / 4, predictedQuality: trial.quality,
      predictedBytes: Int64(bytes), probes: search.probes.count + search.encodes.count,
      isMet: search.isWithinTolerance)
  }

  /// Goes through the search with samples; how many frames they are.
  private func go(
    _ search: inout SegmentSearch, _ film: Range<Int>, _ maker: PieceMaker
  ) throws -> Int {
    let samples = ProbeSample.frames(of: film)
    while true {
      let step = search.next()
      let settings: AV1Settings
      switch step {
      case .finished: return samples.reduce(0) { $0 + $1.count }
      case .probe(let crf): settings = job.settings.probing(crf)
      case .encode(let crf): settings = job.settings.with(crf)
      }
      do {
        let sampled = try maker.sample(samples, settings, by: search.goal.metric)
        search.take(step, quality: sampled.quality, bytes: sampled.bytes)
      } catch let trouble as PieceMaker.Trouble {
        throw trouble.cause
      }
    }
  }
}
