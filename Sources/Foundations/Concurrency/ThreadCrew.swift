/// A few threads that share out the pieces of one job, together with the thread that asks.
///
/// For blocking pieces that go faster side by side, such as waiting for the disk. One job is done
/// at a time; the crew's threads end with it.
package final class ThreadCrew: Sendable {
  private struct Job {
    let pieces: Int
    let work: @Sendable (Int) -> Void
    var next = 0
    var unfinished: Int

    init(_ pieces: Int, _ work: @escaping @Sendable (Int) -> Void) {
      self.pieces = pieces
      self.work = work
      unfinished = pieces
    }

    /// The number of a piece that nobody has taken.
    mutating func take() -> Int? {
      guard next < pieces else { return nil }
      next += 1
      return next - 1
    }
  }

  private enum Order {
    case work(Int, @Sendable (Int) -> Void)
    case end
  }

  private struct State {
    var job: Job?
    var isEnding = false
  }

  private let state: Monitor<State>

  /// Starts a crew of so many threads beside those that will ask.
  package init(helpers: Int, named name: String) throws(ThreadFailure) {
    let state = Monitor(State())
    self.state = state
    for _ in 0..<helpers {
      // The threads hold the state and not the crew, which ends them when it goes.
      try OwnThread.start(named: name) { Self.help(state) }
    }
  }

  deinit {
    state.withLock { $0.isEnding = true }
    state.notify()
  }

  /// Does `work` for each number below `pieces`, on all threads, and returns when all are done.
  ///
  /// To be called by one thread at a time.
  package func perform(_ pieces: Int, _ work: @escaping @Sendable (Int) -> Void) {
    // A single piece is quicker done than handed on.
    if pieces == 1 { return work(0) }
    state.withLock { state in
      precondition(state.job == nil, "a crew does one job at a time")
      state.job = Job(pieces, work)
    }
    state.notify()
    while let piece = state.withLock({ $0.job?.take() }) {
      work(piece)
      Self.finish(state)
    }
    state.wait { state -> Void? in
      guard state.job?.unfinished == 0 else { return nil }
      state.job = nil
      return ()
    }
  }

  private static func help(_ state: Monitor<State>) {
    while true {
      let order = state.wait { state -> Order? in
        if state.isEnding { return .end }
        guard let work = state.job?.work, let piece = state.job?.take() else { return nil }
        return .work(piece, work)
      }
      guard case .work(let piece, let work) = order else { return }
      work(piece)
      finish(state)
    }
  }

  private static func finish(_ state: Monitor<State>) {
    let isLast = state.withLock { state in
      state.job?.unfinished -= 1
      return state.job?.unfinished == 0
    }
    if isLast { state.notify() }
  }
}
