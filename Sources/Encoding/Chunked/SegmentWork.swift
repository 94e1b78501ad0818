import FFmpegTool
import Foundations

/// The way of one segment from its search to its piece, with what is done when the encoder fails.
///
/// First each piece once more as it was, since most failures are the machine's and not the film's:
/// so the pieces stay what they would have been. Then the simplest settings at the same target, then these
/// at the CRF of a standard encode, measured only if that can be done. What fails then, too, is
/// poison.
struct SegmentWork {
  let segment: Segment
  let maker: PieceMaker
  let tell: @Sendable (EncodingEvent) -> Void

  /// What came of it.
  struct Outcome: Sendable {
    var index: Int
    var search: SegmentSearch?
    var segment: EncodedSegment?
    var failure: EncodingFailure?
  }

  private var job: EncodingJob { maker.job }

  /// Goes through a search, or encodes at the job's CRF where there is none.
  func run(_ search: SegmentSearch?) throws -> Outcome {
    var story: [String] = []
    for attempt in Attempt.allCases {
      do {
        return try run(search, attempt, story)
      } catch let trouble as PieceMaker.Trouble {
        if trouble.concernsAll { throw trouble.cause }
        try maker.stop.check()
        story.append("\(attempt.rawValue): \(trouble.cause)")
        tell(.retried(segment: segment.index, because: "\(trouble.cause)"))
      }
    }
    let frames = segment.frames
    return Outcome(
      index: segment.index, search: search,
      failure: EncodingFailure(
        .encodingPoison,
        "segment \(segment.index) (frames \(frames.lowerBound) to \(frames.upperBound - 1)):"
          + " \(story.joined(separator: "; "))",
        hint: "encode with --standard, or look at these frames of the source"))
  }

  private enum Attempt: String, CaseIterable {
    case asAsked = "as asked"
    case simpler = "with simple settings"
    case standard = "at a fixed CRF"
  }

  private func run(
    _ search: SegmentSearch?, _ attempt: Attempt, _ story: [String]
  ) throws -> Outcome {
    let isPlain = attempt == .simpler || attempt == .standard
    let settings = isPlain ? job.settings.simplest : job.settings
    let warnings = isPlain ? ["encoded \(attempt.rawValue), after: \(story[0])"] : []
    if let search, attempt != .standard {
      return try self.search(search, settings, warnings)
    }
    var effort = SegmentEffort()
    let stored = try fixed(settings, isLast: attempt == .standard)
    effort.count(stored)
    return Outcome(
      index: segment.index, search: search, segment: finish(stored, settings, effort, warnings))
  }

  private func fixed(_ settings: AV1Settings, isLast: Bool) throws -> StoredPiece {
    guard let metric = job.goal?.metric else {
      return try encode(settings, by: nil)
    }
    do {
      return try encode(settings, by: metric)
    } catch let trouble as PieceMaker.Trouble where trouble.wasMeasuring && isLast {
      return try encode(settings, by: nil)
    }
  }

  private func encode(
    _ settings: AV1Settings, by metric: QualityMetric?
  ) throws -> StoredPiece {
    try twice { try maker.encode(segment.frames, settings, by: metric) }
  }

  private func twice<T>(_ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let trouble as PieceMaker.Trouble where !trouble.concernsAll {
      tell(.retried(segment: segment.index, because: "\(trouble.cause)"))
      return try body()
    }
  }

  private func search(
    _ begun: SegmentSearch, _ settings: AV1Settings, _ warnings: [String]
  ) throws -> Outcome {
    var search = begun
    var effort = SegmentEffort()
    while true {
      let step = search.next()
      switch step {
      case .finished:
        return try deliver(search, settings, effort, warnings)
      case .probe(let crf):
        let sampled = try twice {
          try maker.sample(
            ProbeSample.frames(of: segment.frames), settings.probing(crf), by: search.goal.metric)
        }
        effort.probes += 1
        effort.probeSeconds += sampled.cpuSeconds
        effort.scoreSeconds += sampled.scoreSeconds
        effort.reused += sampled.isReused ? 1 : 0
        search.take(step, quality: sampled.quality, bytes: sampled.bytes)
        tell(measured(crf, sampled.quality, isProbe: true, sampled.isReused))
      case .encode(let crf):
        let stored = try encode(settings.with(crf), by: search.goal.metric)
        effort.count(stored)
        search.take(step, quality: stored.scored.mean, bytes: stored.piece.bytes)
        tell(measured(crf, stored.scored.mean, isProbe: false, stored.isReused))
      }
    }
  }

  private func deliver(
    _ search: SegmentSearch, _ settings: AV1Settings, _ effort: SegmentEffort,
    _ warnings: [String]
  ) throws -> Outcome {
    guard let chosen = search.chosen else { return Outcome(index: segment.index, search: search) }
    let settings = settings.with(search.encodes[chosen].crfQuarters)
    // It was made a moment ago, or by an earlier run; where it was lost since, it is made again.
    let stored = try encode(settings, by: search.goal.metric)
    var effort = effort
    effort.finalSeconds = stored.piece.cpuSeconds
    effort.finalScoreSeconds = stored.scored.cpuSeconds
    var warnings = warnings
    if !search.isWithinTolerance {
      let side = stored.scored.mean < search.centre ? "below" : "above"
      warnings.append(
        "\(String(stored.scored.mean, decimals: 2)) is \(side)"
          + " \(String(search.centre, decimals: 2)), and as near as could be had")
    }
    return Outcome(
      index: segment.index, search: search, segment: finish(stored, settings, effort, warnings))
  }

  private func finish(
    _ stored: StoredPiece, _ settings: AV1Settings, _ effort: SegmentEffort, _ warnings: [String]
  ) -> EncodedSegment {
    EncodedSegment(
      segment: segment, settings: settings, piece: stored.piece, scores: stored.scored.scores,
      work: effort, warnings: warnings)
  }

  private func measured(
    _ crf: Int, _ quality: Double, isProbe: Bool, _ isReused: Bool
  ) -> EncodingEvent {
    .measured(
      segment: segment.index, crf: Double(crf) / 4, quality: quality, isProbe: isProbe,
      isReused: isReused)
  }
}

extension SegmentEffort {
  /// Counts an encode at full cost.
  fileprivate mutating func count(_ stored: StoredPiece) {
    encodes += 1
    encodeSeconds += stored.piece.cpuSeconds
    scoreSeconds += stored.scored.cpuSeconds
    finalSeconds = stored.piece.cpuSeconds
    finalScoreSeconds = stored.scored.cpuSeconds
    reused += stored.isReused ? 1 : 0
  }
}
