import Foundations

/// The one thread of a process that writes to a database.
///
/// It takes the turn among the processes, runs all that waits as one group, lets the turn go, and
/// tells. While it waits and works, the next group gathers by itself.
final class Writer: Sendable {
  private struct State {
    var queue = WriteQueue()
    var isClosed = false
    var hasEnded = false
    var onEnd: [@Sendable () -> Void] = []
  }

  /// What the writer shares with its thread.
  private final class Shared: Sendable {
    let state = Monitor(State())
    let path: FilePath
    let options: DatabaseOptions

    init(_ path: FilePath, _ options: DatabaseOptions) {
      self.path = path
      self.options = options
    }
  }

  private let shared: Shared

  /// Starts the thread, which keeps the connection.
  init(
    on connection: sending Connection, _ schema: Schema, _ options: DatabaseOptions, turn: TurnLock
  ) throws(ThreadFailure) {
    let shared = Shared(connection.path, options)
    self.shared = shared
    let held = Handover(connection)
    // The thread holds what is shared and not the writer, which ends it when it goes.
    try OwnThread.start(named: "db-write") {
      guard var work = Work(held, schema, turn, shared) else { return }
      work.serve()
    }
  }

  deinit { close() }

  /// How many writes wait at the moment.
  var waiting: Int { shared.state.withLock { $0.queue.count } }

  /// Hands a write over; it is told in any case.
  func submit(_ request: WriteRequest) {
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
    if let refusal { return request.tell(refusal) }
    shared.state.notify()
    // Weak: the request holds the flag, and the queue holds the request while it waits.
    request.stop.onStop { [shared, weak request] reason in
      // One whose turn has come hears the flag between its statements.
      guard let request, shared.state.withLock({ $0.queue.remove(request) }) else { return }
      request.tell(StoppedFailure(reason))
    }
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

  /// The thread's own side.
  private struct Work {
    private enum Order { case write, rest, end }

    private var connection: Connection?
    private let schema: Schema
    private let turn: TurnLock
    private let shared: Shared
    private var log: LogCare

    /// Takes the connection over, so that nobody else holds it when the work ends.
    init?(_ held: Handover<Connection>, _ schema: Schema, _ turn: TurnLock, _ shared: Shared) {
      guard let connection = held.take() else { return nil }
      self.connection = connection
      self.schema = schema
      self.turn = turn
      self.shared = shared
      log = LogCare(on: connection)
    }

    mutating func serve() {
      loop: while true {
        switch nextOrder() {
        case .write: writeGroup()
        case .rest: emptyLog()
        case .end: break loop
        }
      }
      if log.isDue { emptyLog() }
      connection = nil
      let onEnd = shared.state.withLock { state in
        state.hasEnded = true
        return state.onEnd
      }
      for action in onEnd { action() }
    }

    private func nextOrder() -> Order {
      guard log.isDue else { return shared.state.wait { Self.order(in: &$0) } }
      let idleAfter = shared.options.writes.idleAfter
      return shared.state.wait(atMost: idleAfter) { Self.order(in: &$0) } ?? .rest
    }

    private static func order(in state: inout State) -> Order? {
      state.queue.isEmpty ? (state.isClosed ? .end : nil) : .write
    }

    private mutating func writeGroup() {
      guard let connection, takeTurn() else { return }
      let outcome = WriteGroup.run(on: connection, schema, shared.options) {
        shared.state.withLock { $0.queue.next() }
      }
      if log.needsTurn { log.empty(connection) }
      turn.release()
      for answer in outcome.answers { answer.request.tell(answer.failure) }
      if outcome.isCommitted { log.afterCommit(on: connection) }
    }

    /// Takes the turn; false where nobody wants it any more.
    private func takeTurn() -> Bool {
      do {
        while true {
          // Looked at in between: those who have waited too long are told so.
          if try turn.take(atMost: .milliseconds(100)) { return true }
          guard refuseOverdue() else { break }
        }
      } catch {
        for request in shared.state.withLock({ $0.queue.removeAll() }) { request.tell(error) }
      }
      turn.giveUp()
      return false
    }

    /// Refuses the writes that have waited too long; false where nothing waits after that.
    private func refuseOverdue() -> Bool {
      let now = SystemTime().uptime
      let (overdue, isEmpty) = shared.state.withLock { state in
        (state.queue.removeOverdue(now), state.queue.isEmpty)
      }
      for request in overdue {
        request.tell(
          SQLiteFailure(
            .databaseBusy,
            "cannot write to \(shared.path): another process has kept the turn"
              + " (\(turn.path)) for \(shared.options.turnAtMost)",
            hint: "end the process that holds the lock file, or let it go on"))
      }
      return !isEmpty
    }

    private mutating func emptyLog() {
      guard let connection, (try? turn.take(atMost: .milliseconds(100))) == true else {
        return turn.giveUp()
      }
      log.empty(connection)
      turn.release()
    }
  }
}
