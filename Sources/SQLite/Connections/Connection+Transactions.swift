import CSQLite
import Foundations

extension Connection {
  /// Runs several statements without parameters, one after the other: the steps of a migration.
  package func script(_ sql: SQL) throws(SQLiteFailure) {
    var rest = Substring(sql.text)
    while let (statement, end) = try next(in: rest) {
      if let statement {
        defer { statement.reset() }
        while try step(statement) {}
      }
      rest = rest[end...]
    }
  }

  /// The first statement of a text, nil where there are only comments, and where the text goes on.
  private func next(
    in text: Substring
  ) throws(SQLiteFailure) -> (statement: Statement?, end: String.Index)? {
    guard let end = statementEnd(of: text) else {
      return text.allSatisfy(\.isWhitespace)
        ? nil : (try Statement(SQL(made: String(text)), on: self), text.endIndex)
    }
    return (try Statement(SQL(made: String(text[..<end])), on: self), end)
  }

  /// Where the first whole statement ends; nil where none ends with a semicolon.
  private func statementEnd(of text: Substring) -> String.Index? {
    var place = text.startIndex
    while let semicolon = text[place...].firstIndex(of: ";") {
      let end = text.index(after: semicolon)
      // SQLite itself knows of quotes, comments and the bodies of triggers.
      if sqlite3_complete(String(text[..<end])) != 0 { return end }
      place = end
    }
    return nil
  }

  /// Runs `body` in a transaction: all of it is kept, or nothing.
  func transaction<R>(_ begin: SQL, _ body: () throws -> R) throws -> R {
    try run(begin)
    let result: R
    do {
      result = try body()
      try run("COMMIT")
    } catch {
      rollBack()
      throw error
    }
    return result
  }

  /// Undoes the transaction, where SQLite has not done so by itself.
  func rollBack() {
    guard isInTransaction else { return }
    // Must go through whatever flag is raised. It fails only where the transaction is gone.
    _ = sqlite3_exec(handle, "ROLLBACK", nil, nil, nil)
  }
}
