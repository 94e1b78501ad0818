import SQLite

/// A statement's text put together from parts, with its parameters counted on the way.
struct SQLParts {
  private(set) var conditions: [SQL] = []
  private(set) var parameters: [(any SQLEncodable)?] = []

  init() {}

  /// A place for a value.
  mutating func place(_ value: (any SQLEncodable)?) -> SQL {
    parameters.append(value)
    return .parameter(parameters.count)
  }

  /// A condition that compares with a value.
  mutating func add(_ comparison: SQL, _ value: any SQLEncodable) {
    conditions.append(comparison + place(value))
  }

  /// A condition without a value.
  mutating func add(_ condition: SQL) { conditions.append(condition) }

  /// All conditions, for a WHERE that has one already.
  var joined: SQL { conditions.isEmpty ? "" : " AND " + .joined(conditions, by: " AND ") }
}
