import Media

/// How far a range of frames has been handed out, and which of those that come is the next.
struct FrameReading {
  /// What is to be done with a frame.
  enum Step: Equatable {
    case pass
    case hand(Int)
    case lost
  }

  private let frames: Range<Int>
  private let step: Int
  private let analysis: FilmAnalysis
  private var counter = FrameCounter.fromStart
  private var isFirst = true
  /// The number of the next frame to hand out.
  private(set) var next: Int

  init(_ frames: Range<Int>, every step: Int, _ analysis: FilmAnalysis) {
    self.frames = frames
    self.step = step
    self.analysis = analysis
    next = frames.lowerBound
  }

  var isDone: Bool { next >= frames.upperBound }

  /// Begins anew at a place, or at the film's beginning; what was handed out stays so.
  mutating func begin(at entry: FrameTable.Entry?) {
    isFirst = true
    counter =
      entry.map { .from($0.frame, ticks: analysis.table.ticks[$0.frame]) } ?? .fromStart
  }

  /// Says what the next frame that came out of the decoder is.
  mutating func take(_ frame: borrowing VideoFrame) -> Step {
    switch counter.find(frame.presentationTicks) {
    case .early: return .pass
    case .lost: return .lost
    case .frame(let number):
      defer { isFirst = false }
      guard number < analysis.table.count, number <= next else { return .lost }
      // The first one shows at once whether decoding can begin there; those in between only take
      // time to look at.
      guard number == next || isFirst else { return .pass }
      guard isShaky(number) || FrameDigest(of: frame) == analysis.digests[number] else {
        return .lost
      }
      return number == next ? .hand(number) : .pass
    }
  }

  /// The frame was handed out.
  mutating func advance() { next += step }

  /// Whether a frame may come out otherwise each time it is decoded: what decoders make up for what
  /// is damaged depends on what they decoded before.
  private func isShaky(_ number: Int) -> Bool {
    guard !analysis.damagedFrames.isEmpty else { return false }
    let table = analysis.table
    let start = table.entry(before: number)?.frame ?? 0
    // Pictures before the next entry lean on it, and some after it on those before.
    let end = table.entry(after: number)?.frame ?? table.count
    let reach = 16
    return analysis.damagedFrames.contains { $0 >= start - reach && $0 < end + reach }
  }
}
