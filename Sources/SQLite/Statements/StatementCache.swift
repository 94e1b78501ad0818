/// Compiled statements that nobody uses at the moment, the least lately used given up first.
struct StatementCache {
  private struct Entry {
    let statement: Statement
    var use: UInt64
  }

  private let most: Int
  private var entries: [SQL: Entry] = [:]
  private var uses: UInt64 = 0

  /// A cache for at most so many statements.
  init(most: Int) { self.most = most }

  /// How many statements it holds.
  var count: Int { entries.count }

  /// Takes a statement out for use.
  mutating func take(_ sql: SQL) -> Statement? { entries.removeValue(forKey: sql)?.statement }

  /// Puts a statement back that is ready for its next use.
  mutating func put(_ statement: Statement) {
    uses += 1
    if entries.count >= most, let oldest = entries.min(by: { $0.value.use < $1.value.use }) {
      entries[oldest.key] = nil
    }
    entries[statement.sql] = Entry(statement: statement, use: uses)
  }

  mutating func removeAll() { entries = [:] }
}
