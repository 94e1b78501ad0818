import Foundations

/// One row of a result, which is there only while it is being looked at.
///
/// It is lent and cannot be copied, so it cannot be kept past its step.
package struct Row: ~Copyable {
  private let statement: Statement

  init(of statement: Statement) { self.statement = statement }

  /// How many columns it has.
  package var count: Int { statement.columnCount }

  /// A column's value, by its place from 0; a failure where it is of another type.
  package subscript<Value: SQLDecodable>(_ column: Int) -> Value {
    get throws(SQLiteFailure) { try value(column) }
  }

  /// A column's value as a type; a failure where it is of another.
  package func value<Value: SQLDecodable>(
    _ column: Int, as type: Value.Type = Value.self
  ) throws(SQLiteFailure) -> Value {
    precondition(column >= 0 && column < count, "the row has \(count) columns")
    let stored = statement.value(column)
    guard let value = Value(sqlValue: stored) else {
      throw SQLiteFailure(
        .databaseColumn,
        "column \(statement.name(of: column)) of `\(statement.sql)` is \(stored.typeName),"
          + " which is not a \(Value.self)")
    }
    return value
  }
}
