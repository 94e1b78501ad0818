import Foundations

/// What is done of a film, while the rest is encoded.
struct EncodingBoard {
  private let segments: [Segment]
  private let began: Duration
  private var done: [EncodedSegment?]
  private var failures: [(index: Int, failure: EncodingFailure)] = []

  init(_ segments: [Segment], began: Duration) {
    self.segments = segments
    self.began = began
    done = Array(repeating: nil, count: segments.count)
  }

  /// Takes in what came of a segment; one that was encoded again replaces what it was, and keeps
  /// count of both.
  mutating func take(_ outcome: SegmentWork.Outcome) {
    if let segment = outcome.segment {
      done[segment.segment.index] = segment.adding(done[segment.segment.index]?.work)
    }
    if let failure = outcome.failure { failures.append((outcome.index, failure)) }
  }

  /// How far all is.
  func progress(at uptime: Duration) -> EncodingProgress {
    var progress = EncodingProgress()
    progress.segments = segments.count
    progress.frames = segments.reduce(0) { $0 + $1.frames.count }
    progress.elapsed = uptime - began
    var (sum, count) = (0.0, 0)
    for segment in done.compactMap({ $0 }) {
      progress.segmentsDone += 1
      progress.framesDone += segment.segment.frames.count
      progress.bytes += segment.piece.bytes
      sum += segment.scores.reduce(0, +)
      count += segment.scores.count
    }
    progress.quality = count > 0 ? sum / Double(count) : nil
    return progress
  }

  /// Why going on would be in vain; nil as long as it is not.
  ///
  /// So it is where more failed than can be the film's fault while none was done, and where what is
  /// done is larger than all may be.
  func reasonToEnd(mostBytes: Int64?) -> EncodingFailure? {
    let segments = done.compactMap { $0 }
    if segments.isEmpty, failures.count >= Self.mostFailures { return poison }
    guard let mostBytes else { return nil }
    let bytes = segments.reduce(0) { $0 + $1.piece.bytes }
    guard bytes > mostBytes else { return nil }
    return .tooLarge(segments.count, of: done.count, bytes: bytes, most: mostBytes)
  }

  /// With so many failures and nothing done it is the encoder that is broken.
  private static let mostFailures = 3

  /// What failed, as one failure.
  private var poison: EncodingFailure? {
    guard let first = failures.min(by: { $0.index < $1.index }) else { return nil }
    guard failures.count > 1 else { return first.failure }
    return EncodingFailure(
      .encodingPoison, "\(failures.count) segments; first \(first.failure.message)",
      hint: first.failure.hint)
  }

  /// The film, if all of it is there.
  func film() throws(EncodingFailure) -> EncodedFilm {
    if let poison { throw poison }
    let segments = done.compactMap { $0 }
    precondition(segments.count == done.count, "each segment is encoded or has failed")
    return EncodedFilm(segments: segments)
  }
}

extension EncodedSegment {
  /// This segment with the efforts of an earlier round in its account.
  fileprivate func adding(_ earlier: SegmentEffort?) -> EncodedSegment {
    guard let earlier else { return self }
    var sum = work + earlier
    (sum.finalSeconds, sum.finalScoreSeconds) = (work.finalSeconds, work.finalScoreSeconds)
    return EncodedSegment(
      segment: segment, settings: settings, piece: piece, scores: scores, work: sum,
      warnings: warnings)
  }
}
