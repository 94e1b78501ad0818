import Foundations

/// Who writes to a database in a process: one at a time, and all that waits as one group.
///
/// A thread that stands still for its write and finds nobody writing does it itself, which spares
/// the way to another thread and back. The rest is done by a thread of the writer's own. While
/// anybody writes, the next group gathers by itself.
final class Writer: Sendable {
  /// What the writer shares with its thread.
  private final class Shared: Sendable {
    let state: Monitor<WriterState>
    let path: FilePath
    let options: DatabaseOptions

    init(_ path: FilePath, _ options: DatabaseOptions) {
      state = Monitor(WriterState(idleAfter: options.writes.idleAfter))
      self.path = path
      self.options = options
    }
  }

  private let shared: Shared

  /// Starts the thread.
  init(
    on connection: sending Connection, _ schema: Schema, _ options: DatabaseOptions, turn: TurnLock
  ) throws(ThreadFailure) {
    let shared = Shared(connection.path, options)
    self.shared = shared
    let work = WriterWork(on: connection, schema, options, turn)
    shared.state.withLock { $0.free = work }
    // The thread holds what is shared and not the writer, which ends it when it goes.
    try OwnThread.start(named: "db-write") { Self.serve(shared) }
  }

  deinit { close() }

  /// How many writes wait at the moment.
  var waiting: Int { shared.state.withLock { $0.queue.count } }

  /// Hands a write over; it is told in any case.
  func submit(_ request: WriteRequest) {
    if accept(request) { shared.state.notify() }
  }

  /// Hands a write over, and carries it out before the return where nobody writes.
  func submitHere(_ request: WriteRequest) {
    guard accept(request) else { return }
    let work = shared.state.withLock { $0.begin() }
    work?.write(next: nextRequest)
    if shared.state.withLock({ $0.end(work) }) { shared.state.notify() }
  }

  private func nextRequest() -> WriteRequest? { shared.state.withLock { $0.queue.next() } }

  /// Puts a write into the queue; false where it was told that there is no room.
  private func accept(_ request: WriteRequest) -> Bool {
    let refusal = shared.state.withLock { state -> SQLiteFailure? in
      if state.isClosed { return Self.closed(shared.path) }
      guard state.queue.count < shared.options.writes.writesWaiting else {
        return SQLiteFailure(
          .databaseBusy, "cannot write to \(shared.path): \(state.queue.count) writes wait already",
          hint: "write less at once")
      }
      state.queue.append(request)
      return nil
    }
    if let refusal {
      request.tell(refusal)
      return false
    }
    // Weak: the request holds the flag, and the queue holds the request while it waits.
    request.stop?.onStop { [shared, weak request] reason in
      // One whose turn has come hears the flag between its statements.
      guard let request, shared.state.withLock({ $0.queue.remove(request) }) else { return }
      request.tell(StoppedFailure(reason))
    }
    return true
  }

  /// Takes no more writes and carries out what waits.
  func close() {
    shared.state.withLock { $0.isClosed = true }
    shared.state.notify()
  }

  /// Runs an action when the thread has ended, at once where it has.
  func onEnd(_ action: @escaping @Sendable () -> Void) {
    let hasEnded = shared.state.withLock { state in
      if !state.hasEnded { state.onEnd.append(action) }
      return state.hasEnded
    }
    if hasEnded { action() }
  }

  static func closed(_ path: FilePath) -> SQLiteFailure {
    SQLiteFailure(.databaseClosed, "\(path) is closed: the program is ending")
  }

  // MARK: - the thread's own side

  /// Does what nobody does for themselves, and looks after the log.
  private static func serve(_ shared: Shared) {
    loop: while true {
      let (order, work) = nextOrder(shared)
      switch order {
      case .write: write(work, shared)
      case .bringHome: work.bringLogHome()
      case .rest: work.emptyLog()
      case .end:
        work.close()
        break loop
      }
      _ = shared.state.withLock { $0.end(work) }
    }
    let onEnd = shared.state.withLock { state in
      state.hasEnded = true
      return state.onEnd
    }
    for action in onEnd { action() }
  }

  private static func nextOrder(_ shared: Shared) -> (WriterState.Order, WriterWork) {
    while true {
      let restAt = shared.state.withLock { $0.restAt }
      let wait = restAt.map { $0 - SystemTime().uptime } ?? .seconds(3_600)
      let order = shared.state.wait(atMost: wait) { state in
        state.order(at: SystemTime().uptime, knowing: restAt)
      }
      if case .some(.some(let order)) = order { return order }
    }
  }

  private static func write(_ work: WriterWork, _ shared: Shared) {
    do {
      // Looked at in between: those who have waited too long are told so.
      while try !work.takeTurn(atMost: .milliseconds(100)) {
        guard refuseOverdue(shared, work) else { return work.giveUpTurn() }
      }
    } catch {
      for request in shared.state.withLock({ $0.queue.removeAll() }) { request.tell(error) }
      return work.giveUpTurn()
    }
    work.writeInTurn { shared.state.withLock { $0.queue.next() } }
  }

  /// Refuses the writes that have waited too long; false where nothing waits after that.
  private static func refuseOverdue(_ shared: Shared, _ work: WriterWork) -> Bool {
    let now = SystemTime().uptime
    let (overdue, isEmpty) = shared.state.withLock { state in
      (state.queue.removeOverdue(now), state.queue.isEmpty)
    }
    for request in overdue {
      request.tell(
        SQLiteFailure(
          .databaseBusy,
          "cannot write to \(shared.path): another process has kept the turn"
            + " (\(work.turnPath)) for \(shared.options.turnAtMost)",
          hint: "end the process that holds the lock file, or let it go on"))
    }
    return !isEmpty
  }
}
