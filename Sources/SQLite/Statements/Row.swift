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
    let stored = statement.value(checked(column))
    guard let value = Value(sqlValue: stored) else {
      throw failure(column, stored, "\(Value.self)")
    }
    return value
  }

  // The types of which most columns are, without the generic way round, which costs more than the
  // column itself where rows have dozens.

  /// A column's text.
  package func text(_ column: Int) throws(SQLiteFailure) -> String {
    guard let text = try textIfAny(column) else { throw failure(column, .null, "String") }
    return text
  }

  /// A column's text, or nil for NULL.
  package func textIfAny(_ column: Int) throws(SQLiteFailure) -> String? {
    switch statement.value(checked(column)) {
    case .null: return nil
    case .text(let text): return text
    case let other: throw failure(column, other, "String")
    }
  }

  /// A column's whole number.
  package func integer(_ column: Int) throws(SQLiteFailure) -> Int64 {
    guard let number = try integerIfAny(column) else { throw failure(column, .null, "Int64") }
    return number
  }

  /// A column's whole number, or nil for NULL.
  package func integerIfAny(_ column: Int) throws(SQLiteFailure) -> Int64? {
    switch statement.value(checked(column)) {
    case .null: return nil
    case .integer(let number): return number
    case let other: throw failure(column, other, "Int64")
    }
  }

  private func checked(_ column: Int) -> Int {
    precondition(column >= 0 && column < count, "the row has \(count) columns")
    return column
  }

  private func failure(_ column: Int, _ stored: SQLValue, _ type: String) -> SQLiteFailure {
    SQLiteFailure(
      .databaseColumn,
      "column \(statement.name(of: column)) of `\(statement.sql)` is \(stored.typeName),"
        + " which is not a \(type)")
  }
}
