package import Foundations

/// Encodes a film's segments, several at a time, each to its quality.
///
/// What comes out depends on the job alone: neither on the number of workers, nor on which of them
/// was quicker, nor on how often it was ended and begun again. Every piece is looked for in the
/// store first, so going on after a kill is doing the same once more, and finding most of it done.
package struct ChunkedEncoding: Sendable {
  package let job: EncodingJob
  package let workers: Int
  private let gate: MemoryGate

  /// An encode with so many workers, at least one.
  package init(_ job: EncodingJob, workers: Int, gate: MemoryGate) {
    self.job = job
    self.workers = max(1, workers)
    self.gate = gate
  }

  /// Does all of it and gives the pieces; it blocks, on a thread of the caller's.
  ///
  /// A segment that cannot be encoded fails the whole, after the others are done: they are found in
  /// the store the next time.
  package func run(
    stop: StopFlag, clock: any TimeSource = SystemTime(),
    tell: @escaping @Sendable (EncodingEvent) -> Void = { _ in }
  ) throws -> EncodedFilm {
    guard !job.plan.segments.isEmpty else {
      throw EncodingFailure(.encodingNoFilm, "there are no frames to encode")
    }
    let segments = job.plan.segments
    var board = EncodingBoard(segments, began: clock.uptime)
    guard let goal = job.goal else {
      try run(segments.map { ($0, nil) }, &board, stop, clock, tell)
      return try board.film()
    }
    var title = TitleSearch(
      frames: segments.map(\.frames.count), goal: goal, allocation: job.allocation)
    while true {
      let batch = title.nextBatch()
      if batch.isEmpty { return try board.film() }
      let searches = batch.map { (segments[$0.index], Optional($0)) }
      title.take(try run(searches, &board, stop, clock, tell).compactMap(\.search))
    }
  }

  /// Goes through a batch with all workers.
  @discardableResult
  private func run(
    _ batch: [(Segment, SegmentSearch?)], _ board: inout EncodingBoard, _ stop: StopFlag,
    _ clock: any TimeSource, _ tell: @escaping @Sendable (EncodingEvent) -> Void
  ) throws -> [SegmentWork.Outcome] {
    // A failure of one that concerns all ends the others, and not the caller's other work.
    let own = StopFlag(under: stop)
    let maker = PieceMaker(job: job, gate: gate, stop: own)
    let desk = Monitor(WorkDesk(batch: batch))
    do {
      for _ in 0..<min(workers, batch.count) {
        try OwnThread.start(named: "encode segment") { Self.work(desk, maker, own, tell) }
      }
    } catch {
      own.stop()
      desk.withLock { $0.give(up: error) }
    }
    var outcomes: [SegmentWork.Outcome] = []
    // Told from this thread alone, in whatever order they come.
    while let outcome = desk.wait(until: { $0.collect() }) {
      board.take(outcome)
      if let segment = outcome.segment {
        tell(.done(segment: segment.segment.index, board.progress(at: clock.uptime)))
      }
      outcomes.append(outcome)
      if let reason = board.reasonToEnd(mostBytes: job.mostBytes) {
        desk.withLock { $0.give(up: reason) }
        own.stop()
      }
    }
    try desk.withLock { try $0.rethrow() }
    try stop.check()
    return outcomes
  }

  private static func work(
    _ desk: Monitor<WorkDesk>, _ maker: PieceMaker, _ stop: StopFlag,
    _ tell: @escaping @Sendable (EncodingEvent) -> Void
  ) {
    while let (segment, search) = desk.withLock({ $0.take(isStopped: stop.isStopped) }) {
      let result = Result {
        try SegmentWork(segment: segment, maker: maker, tell: tell).run(search)
      }
      if case .failure = result { stop.stop() }
      desk.withLock { $0.put(result) }
      desk.notify()
    }
    desk.notify()
  }
}
