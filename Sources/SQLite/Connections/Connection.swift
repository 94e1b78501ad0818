import CSQLite
package import Foundations

/// An open database file with one user at a time.
///
/// It cannot be handed to another thread or kept past the closure it is given to: it is not
/// `Sendable`, and what such closures return is.
package final class Connection: Queries {
  let handle: OpaquePointer
  /// Where the file lies.
  package let path: FilePath
  private let patience: Patience
  private var cache: StatementCache

  package var connection: Connection { self }

  /// Takes over an open handle.
  init(owning handle: OpaquePointer, _ path: FilePath, _ patience: Patience, statements: Int) {
    self.handle = handle
    self.path = path
    self.patience = patience
    cache = StatementCache(most: statements)
    patience.install(on: handle)
  }

  deinit {
    cache.removeAll()
    // The last one of the file brings the write-ahead log home and removes it. What fails there is
    // done by whoever opens the file next.
    sqlite3_close_v2(handle)
  }

  /// Runs `body` with a flag that ends its statements once it is raised.
  func stoppable<R>(by stop: StopFlag?, _ body: () throws -> R) throws -> R {
    let outer = patience.stop
    patience.stop = stop ?? outer
    defer { patience.stop = outer }
    return try body()
  }

  /// Runs `body` while locks of others are waited for at most so long.
  func waiting<R>(atMost time: Duration, _ body: () throws(SQLiteFailure) -> R)
    throws(SQLiteFailure)
    -> R
  {
    let outer = patience.lockedAtMost
    patience.lockedAtMost = time
    defer { patience.lockedAtMost = outer }
    return try body()
  }

  /// Whether writing statements run to their end although the flag is raised.
  ///
  /// SQLite undoes the whole transaction when it interrupts one, and with it what others have
  /// written in the same group. The flag is then heeded between statements.
  var finishesWrites = false

  /// Whether a transaction is open.
  package var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

  var lastInsertedRow: Int64 { sqlite3_last_insert_rowid(handle) }

  /// How many statements are kept compiled.
  package var keptStatements: Int { cache.count }

  /// Whether something in the transaction refers to what is not there, which COMMIT would refuse.
  var hasBrokenReferences: Bool {
    var count: Int32 = 0
    var most: Int32 = 0
    sqlite3_db_status(handle, SQLITE_DBSTATUS_DEFERRED_FKS, &count, &most, 0)
    return count != 0
  }

  /// Runs a statement to its end; gives how many rows it changed.
  @discardableResult
  func run(_ sql: SQL, _ parameters: [(any SQLEncodable)?] = []) throws(SQLiteFailure) -> Int {
    try run(sql, values: parameters.map { $0?.sqlValue ?? .null })
  }

  /// As the other `run`, with the values as they are stored.
  @discardableResult
  func run(_ sql: SQL, values: [SQLValue]) throws(SQLiteFailure) -> Int {
    let statement = try take(sql)
    defer { putBack(statement) }
    try statement.bind(values, on: self)
    let before = sqlite3_total_changes64(handle)
    while try step(statement) {}
    // What triggers and references did besides counts in the total alone; a statement that changes
    // nothing leaves the other count as it was.
    return sqlite3_total_changes64(handle) == before ? 0 : Int(sqlite3_changes64(handle))
  }

  /// Runs a statement and hands over its rows, until there are no more or `body` says so.
  func execute(
    _ sql: SQL, _ parameters: [(any SQLEncodable)?], _ body: (borrowing Row) throws -> Bool
  ) throws {
    let statement = try take(sql)
    defer { putBack(statement) }
    try statement.bind(parameters.map { $0?.sqlValue ?? .null }, on: self)
    let row = Row(of: statement)
    while try step(statement), try body(row) {}
  }

  private func take(_ sql: SQL) throws(SQLiteFailure) -> Statement {
    if let kept = cache.take(sql) { return kept }
    let statement = try Statement(sql, on: self)
    cache.keep(statement)
    return statement
  }

  private func putBack(_ statement: Statement) {
    statement.reset()
    cache.put(statement)
  }

  /// Goes on to the next row; false at the end.
  func step(_ statement: Statement) throws(SQLiteFailure) -> Bool {
    if let stop = patience.stop {
      do { try stop.check() } catch { throw SQLiteFailure(error) }
    }
    patience.isDeaf = finishesWrites && !statement.isReading
    defer { patience.isDeaf = false }
    switch sqlite3_step(statement.handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let status: throw failure(status, statement.isReading ? "read" : "write to")
    }
  }

  /// The failure that a status of the call just made is.
  func failure(_ status: Int32, _ operation: String) -> SQLiteFailure {
    let extended = sqlite3_extended_errcode(handle)
    // The extended number belongs to the last call, which may not be the one that told the status.
    let number = extended & 0xFF == status & 0xFF ? extended : status
    let words = sqlite3_errmsg(handle).map { String(cString: $0) } ?? ""
    return SQLiteFailure(number, operation, path, words: words, stop: patience.stop)
  }
}
