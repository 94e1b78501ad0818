/// What statements can be run on: a connection, or a write transaction.
///
/// Statements are compiled once and kept. Parameters stand as `?1`, `?2` … in the text, and are
/// given in that order; nil is NULL.
package protocol Queries {
  /// The connection they run on.
  var connection: Connection { get }
}

extension Queries {
  /// Runs a statement to its end; gives how many rows it changed.
  @discardableResult
  package func run(_ sql: SQL, _ parameters: (any SQLEncodable)?...) throws(SQLiteFailure) -> Int {
    try connection.run(sql, parameters)
  }

  /// As the other `run`, with values in a list, where a statement has many.
  @discardableResult
  package func run(_ sql: SQL, values: [SQLValue]) throws(SQLiteFailure) -> Int {
    try connection.run(sql, values: values)
  }

  /// The first row of a result, read by `read`; nil where there is none.
  package func one<Value>(
    _ sql: SQL, _ parameters: (any SQLEncodable)?..., read: (borrowing Row) throws -> Value
  ) throws -> Value? {
    var found: Value?
    try connection.execute(sql, parameters) { row in
      found = try read(row)
      return false
    }
    return found
  }

  /// The only column of the first row; nil where there is no row.
  package func value<Value: SQLDecodable>(
    _ sql: SQL, _ parameters: (any SQLEncodable)?..., as type: Value.Type = Value.self
  ) throws -> Value? {
    var found: Value?
    try connection.execute(sql, parameters) { row in
      found = try row.value(0, as: Value.self)
      return false
    }
    return found
  }

  /// All rows of a result, each read by `read`.
  package func all<Value>(
    _ sql: SQL, _ parameters: (any SQLEncodable)?..., read: (borrowing Row) throws -> Value
  ) throws -> [Value] {
    var found: [Value] = []
    try connection.execute(sql, parameters) { row in
      found.append(try read(row))
      return true
    }
    return found
  }

  /// Hands every row of a result over, one at a time, however many there are.
  package func each(
    _ sql: SQL, _ parameters: (any SQLEncodable)?..., body: (borrowing Row) throws -> Void
  ) throws {
    try connection.execute(sql, parameters) { row in
      try body(row)
      return true
    }
  }

  /// As the other `all`, with parameters in a list, for statements put together from parts.
  package func all<Value>(
    _ sql: SQL, with parameters: [(any SQLEncodable)?], read: (borrowing Row) throws -> Value
  ) throws -> [Value] {
    var found: [Value] = []
    try connection.execute(sql, parameters) { row in
      found.append(try read(row))
      return true
    }
    return found
  }

  /// The id that the last insertion into a table with row ids was given.
  package var lastInsertedRow: Int64 { connection.lastInsertedRow }
}
