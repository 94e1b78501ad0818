import Foundations

/// The connection that writes, and all that whoever writes with it needs.
///
/// `@unchecked Sendable` because one thread at a time holds it: it lies in the writer's state, and
/// who takes it out there has it alone until it is put back.
final class WriterWork: @unchecked Sendable {
  private var connection: Connection?
  private let schema: Schema
  private let options: DatabaseOptions
  private let turn: TurnLock
  private var log: LogCare

  init(
    on connection: sending Connection, _ schema: Schema, _ options: DatabaseOptions,
    _ turn: TurnLock
  ) {
    log = LogCare(on: connection)
    self.connection = connection
    self.schema = schema
    self.options = options
    self.turn = turn
  }

  var turnPath: FilePath { turn.path }
  /// Whether the log holds anything that is to be brought home once nothing more is written.
  var isLogDue: Bool { log.isDue }
  /// Whether the log has grown so long that it is brought home now.
  var needsHome: Bool { log.needsHome }

  /// Writes what waits, where the turn can be had at once; else nothing, and nobody is told.
  func write(next: () -> WriteRequest?) {
    guard (try? takeTurn(atMost: .zero)) == true else { return giveUpTurn() }
    writeInTurn(next: next)
  }

  func takeTurn(atMost time: Duration) throws -> Bool { try turn.take(atMost: time) }

  func giveUpTurn() { turn.giveUp() }

  /// Writes what waits as one group, lets the turn go, and tells.
  func writeInTurn(next: () -> WriteRequest?) {
    guard let connection else { preconditionFailure("nobody writes after the end") }
    let outcome = WriteGroup.run(on: connection, schema, options, next: next)
    if log.needsTurn { log.empty(connection) }
    turn.release()
    if outcome.isCommitted { log.noteCommit() }
    for answer in outcome.answers { answer.request.tell(answer.failure) }
  }

  /// Brings home what can be without waiting for anybody.
  func bringLogHome() {
    if let connection { log.bringHome(connection) }
  }

  /// Brings all of the log home.
  func emptyLog() {
    guard let connection, (try? turn.take(atMost: .milliseconds(100))) == true else {
      return turn.giveUp()
    }
    log.empty(connection)
    turn.release()
  }

  /// Empties the log and closes the connection.
  func close() {
    if log.isDue { emptyLog() }
    connection = nil
  }
}
