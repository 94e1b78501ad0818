import Foundations

extension Queries {
  /// How SQLite would answer a query, one line a step and indented as they nest, for golden tests.
  package func queryPlan(of sql: SQL) throws -> String {
    var depths: [Int: Int] = [0: -1]
    var lines: [String] = []
    let explain = "EXPLAIN QUERY PLAN " + sql
    try connection.explain(explain) { id, parent, detail in
      let depth = (depths[parent] ?? -1) + 1
      depths[id] = depth
      lines.append(String(repeating: "  ", count: depth) + detail)
    }
    return lines.joined(separator: "\n")
  }
}

extension Connection {
  /// Runs an explanation, whose parameters need no values.
  fileprivate func explain(_ sql: SQL, _ body: (Int, Int, String) -> Void) throws {
    let statement = try Statement(sql, on: self)
    let row = Row(of: statement)
    while try step(statement) { body(try row[0], try row[1], try row[3]) }
  }
}
