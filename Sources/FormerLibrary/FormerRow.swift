package import Foundations

/// One row of a MediaManager's table.
package struct FormerRow: Sendable, Equatable {
  /// A value as it was stored.
  package enum Value: Sendable, Equatable {
    case integer(Int64)
    case real(Double)
    case text(String)
  }

  private let values: [String: Value]

  init(values: [String: Value]) { self.values = values }

  /// A column as text, nil where it is empty.
  package func text(_ column: String) -> String? {
    switch values[column] {
    case nil: nil
    case .text(let text): text.isEmpty ? nil : text
    case .integer(let number): String(number)
    case .real(let number): String(number)
    }
  }

  /// A column's JSON object; nothing where it holds none.
  package func object(_ column: String) -> JSONObject {
    text(column).flatMap { (try? JSONReader.read($0))?.object } ?? JSONObject()
  }

  /// A column's time, nil where it tells none.
  ///
  /// Both ways it was written are in UTC and without a zone: "2025-10-15 08:30:00", and with a T.
  package func time(_ column: String) -> Timestamp? { text(column).flatMap(FormerTime.read) }
}
