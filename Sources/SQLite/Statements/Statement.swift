import CSQLite
import Foundations

/// A compiled statement with one user at a time.
///
/// It does not outlive its connection, whose cache owns it while nobody uses it.
final class Statement {
  let sql: SQL
  let handle: OpaquePointer
  /// Whether it changes nothing.
  let isReading: Bool
  let columnCount: Int
  private let parameterCount: Int
  /// Whether somebody is using it.
  var isInUse = true
  /// When it was used last, as its cache counts.
  var lastUse: UInt64 = 0

  /// Compiles the first statement of a text, which must be the only one.
  init(_ sql: SQL, on connection: Connection) throws(SQLiteFailure) {
    var handle: OpaquePointer?
    let status = sql.text.withCString { text in
      // Kept for long, says the flag: SQLite then spares its small fast memory.
      sqlite3_prepare_v3(
        connection.handle, text, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
    }
    guard status == SQLITE_OK else {
      throw connection.failure(status, "compile `\(sql)` for")
    }
    guard let handle else {
      throw SQLiteFailure(.databaseStatement, "`\(sql)` is no statement")
    }
    self.sql = sql
    self.handle = handle
    isReading = sqlite3_stmt_readonly(handle) != 0
    columnCount = Int(sqlite3_column_count(handle))
    parameterCount = Int(sqlite3_bind_parameter_count(handle))
  }

  deinit { sqlite3_finalize(handle) }

  /// Gives the parameters their values; as many as the statement has.
  func bind(_ values: [SQLValue], on connection: Connection) throws(SQLiteFailure) {
    guard parameterCount == values.count else {
      throw SQLiteFailure(
        .databaseStatement,
        "`\(sql)` takes \(parameterCount) parameters and was given \(values.count)")
    }
    for (index, value) in values.enumerated() {
      let status = bind(value, at: Int32(index + 1))
      guard status == SQLITE_OK else {
        throw connection.failure(status, "bind parameter \(index + 1) of `\(sql)` for")
      }
    }
  }

  private func bind(_ value: SQLValue, at place: Int32) -> Int32 {
    switch value {
    case .null: sqlite3_bind_null(handle, place)
    case .integer(let number): sqlite3_bind_int64(handle, place, number)
    case .real(let number): sqlite3_bind_double(handle, place, number)
    case .text(var text):
      text.withUTF8 { utf8 in
        utf8.withMemoryRebound(to: CChar.self) { characters in
          // Without an address it would be null and not the empty text.
          guard let base = characters.baseAddress, characters.count > 0 else {
            return mediary_sqlite_bind_text(handle, place, "", 0)
          }
          return mediary_sqlite_bind_text(handle, place, base, UInt64(characters.count))
        }
      }
    case .bytes(let bytes):
      bytes.isEmpty
        ? sqlite3_bind_zeroblob(handle, place, 0)
        : bytes.withUnsafeBytes {
          mediary_sqlite_bind_bytes(handle, place, $0.baseAddress, UInt64($0.count))
        }
    }
  }

  /// The value of a column of the present row.
  func value(_ column: Int) -> SQLValue {
    let place = Int32(column)
    switch sqlite3_column_type(handle, place) {
    case SQLITE_INTEGER: return .integer(sqlite3_column_int64(handle, place))
    case SQLITE_FLOAT: return .real(sqlite3_column_double(handle, place))
    case SQLITE_TEXT:
      let start = sqlite3_column_text(handle, place)
      let count = Int(sqlite3_column_bytes(handle, place))
      return .text(String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self))
    case SQLITE_BLOB:
      let start = sqlite3_column_blob(handle, place)
      let count = Int(sqlite3_column_bytes(handle, place))
      return .bytes(Array(UnsafeRawBufferPointer(start: start, count: count)))
    default: return .null
    }
  }

  /// What a column of the result is called.
  func name(of column: Int) -> String {
    sqlite3_column_name(handle, Int32(column)).map { String(cString: $0) } ?? ""
  }

  /// Makes it ready for its next use, and lets go of the values and of the read it held open.
  func reset() {
    // Its answer is that of the last step, which has been looked at already.
    _ = sqlite3_reset(handle)
    _ = sqlite3_clear_bindings(handle)
  }
}
