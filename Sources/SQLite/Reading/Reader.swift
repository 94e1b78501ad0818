import Foundations

/// A connection of the pool, opened when it is first read with, and its lane for tasks.
///
/// `@unchecked Sendable` because one owner at a time holds it: it is either in the pool's queue or
/// with whoever took it out.
final class Reader: @unchecked Sendable {
  private let path: FilePath
  private let schema: Schema
  private let options: DatabaseOptions
  private var connection: Connection?
  private var lane: BlockingLane?

  init(_ path: FilePath, _ schema: Schema, _ options: DatabaseOptions) {
    self.path = path
    self.schema = schema
    self.options = options
  }

  /// Reads in one transaction: everything is seen as it was at the first statement.
  func read<R>(stop: StopFlag?, _ body: (Connection) throws -> R) throws -> R {
    let connection = try open()
    return try connection.stoppable(by: stop) {
      try connection.transaction("BEGIN") {
        try schema.checkIsCurrent(on: connection)
        return try body(connection)
      }
    }
  }

  private func open() throws -> Connection {
    if let connection { return connection }
    let opened = try Connection.open(path, .reading, options)
    connection = opened
    return opened
  }

  /// The lane its reads in tasks run on.
  func lane(from budget: LaneBudget) throws -> BlockingLane {
    if let lane { return lane }
    let started = try budget.lane(named: "db-read")
    lane = started
    return started
  }
}
