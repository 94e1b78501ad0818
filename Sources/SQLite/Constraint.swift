import CSQLite
import Foundations

/// A rule of the schema that a statement violated.
package struct Constraint: Sendable, Equatable {
  /// The sorts of rule.
  package enum Kind: String, Sendable { case unique, foreignKey, check, notNull, other }

  /// Which sort.
  package let kind: Kind
  /// What SQLite names: `table.column` of a unique or not-null rule, the name of a check; nothing
  /// for foreign keys.
  package let names: [String]

  init?(_ number: Int32, _ words: String) {
    guard number & 0xFF == SQLITE_CONSTRAINT else { return nil }
    kind =
      switch Int(number) {
      case mediary_sqlite_unique, mediary_sqlite_primary_key,
        mediary_sqlite_row_id:
        .unique
      case mediary_sqlite_foreign_key: .foreignKey
      case mediary_sqlite_check: .check
      case mediary_sqlite_not_null: .notNull
      default: .other
      }
    // "UNIQUE constraint failed: asset.kind, asset.sha256"
    let start = words.range(ofFirst: "constraint failed: ")
    names = start.map { words[$0...].split(separator: ", ").map(String.init) } ?? []
  }

  /// A rule seen violated by ourselves.
  init(_ kind: Kind) {
    self.kind = kind
    names = []
  }

  var code: FailureCode {
    switch kind {
    case .unique: .databaseUnique
    case .foreignKey: .databaseForeignKey
    case .check, .notNull, .other: .databaseConstraint
    }
  }
}

extension String {
  /// Where the text goes on after the first occurrence of a part.
  fileprivate func range(ofFirst part: String) -> Index? {
    firstRange(of: part)?.upperBound
  }
}
