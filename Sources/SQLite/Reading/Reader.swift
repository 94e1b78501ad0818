import Foundations

/// A connection of the pool, with a lane for tasks once one has asked for it.
///
/// `@unchecked Sendable` because one owner at a time holds it: it is either in the pool's queue or
/// with whoever took it out.
final class Reader: @unchecked Sendable {
  private let connection: Connection
  private let schema: Schema
  private var lane: BlockingLane?

  init(_ path: FilePath, _ schema: Schema, _ options: DatabaseOptions) throws(SQLiteFailure) {
    connection = try Connection.open(path, .reading, options)
    self.schema = schema
  }

  /// Reads in one transaction: everything is seen as it was at the first statement.
  func read<R>(stop: StopFlag?, _ body: (Connection) throws -> R) throws -> R {
    try connection.stoppable(by: stop) {
      try connection.transaction("BEGIN") {
        try schema.checkIsCurrent(on: connection)
        return try body(connection)
      }
    }
  }

  /// The lane its reads in tasks run on.
  func lane(from budget: LaneBudget) throws -> BlockingLane {
    if let lane { return lane }
    let lane = try budget.lane(named: "db-read")
    self.lane = lane
    return lane
  }
}
