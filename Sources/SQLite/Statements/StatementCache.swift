/// Compiled statements, of which those that nobody uses are given up first, the least lately used
/// before the others.
struct StatementCache {
  private let most: Int
  private var statements: [SQL: Statement] = [:]
  private var uses: UInt64 = 0

  /// A cache for at most so many statements.
  init(most: Int) { self.most = most }

  /// How many statements it holds.
  var count: Int { statements.count }

  /// A statement for its next use; nil where it is not there or in use.
  mutating func take(_ sql: SQL) -> Statement? {
    guard let statement = statements[sql], !statement.isInUse else { return nil }
    statement.isInUse = true
    return statement
  }

  /// Takes a statement in that was just compiled and is in use, unless it has a twin.
  mutating func keep(_ statement: Statement) {
    guard statements[statement.sql] == nil else { return }
    if statements.count >= most {
      let idle = statements.filter { !$0.value.isInUse }
      if let oldest = idle.min(by: { $0.value.lastUse < $1.value.lastUse }) {
        statements[oldest.key] = nil
      }
    }
    statements[statement.sql] = statement
  }

  /// Notes that a statement is ready for its next use.
  mutating func put(_ statement: Statement) {
    uses += 1
    statement.lastUse = uses
    statement.isInUse = false
  }

  mutating func removeAll() { statements = [:] }
}
