import Foundations

/// What the workers of a batch take from and lay down on.
struct WorkDesk: Sendable {
  private let batch: [(segment: Segment, search: SegmentSearch?)]
  private var next = 0
  private var running = 0
  private var results: [SegmentWork.Outcome] = []
  private var failure: (any Error)?
  private var isEnding = false

  init(batch: [(Segment, SegmentSearch?)]) {
    self.batch = batch.map { (segment: $0.0, search: $0.1) }
  }

  /// A segment that nobody works on yet; nil where there is none, or all is to end.
  mutating func take(isStopped: Bool) -> (Segment, SegmentSearch?)? {
    if isStopped { isEnding = true }
    guard !isEnding, next < batch.count else { return nil }
    next += 1
    running += 1
    return (batch[next - 1].segment, batch[next - 1].search)
  }

  /// Lays down what came of a segment.
  mutating func put(_ result: Result<SegmentWork.Outcome, any Error>) {
    running -= 1
    switch result {
    case .success(let outcome): results.append(outcome)
    case .failure(let error):
      isEnding = true
      // That the others were stopped follows from the first.
      if failure == nil || failure is StoppedFailure { failure = error }
    }
  }

  /// Ends the batch for a reason of the caller's.
  mutating func give(up error: any Error) {
    isEnding = true
    failure = failure ?? error
  }

  /// The next result to take up; the outer nil to wait for one, the inner when no more will come.
  mutating func collect() -> SegmentWork.Outcome?? {
    if !results.isEmpty { return .some(results.removeFirst()) }
    let isOver = running == 0 && (isEnding || next == batch.count)
    return isOver ? .some(nil) : nil
  }

  /// Throws what ended the batch, if anything did.
  func rethrow() throws {
    if let failure { throw failure }
  }
}
