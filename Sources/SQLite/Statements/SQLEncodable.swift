/// What can be given to a statement as a parameter.
///
/// Types with a raw value of such a type need only say that they conform.
package protocol SQLEncodable {
  /// How it is stored.
  var sqlValue: SQLValue { get }
}

extension SQLEncodable where Self: RawRepresentable, RawValue: SQLEncodable {
  package var sqlValue: SQLValue { rawValue.sqlValue }
}

extension SQLValue: SQLEncodable {
  package var sqlValue: SQLValue { self }
}

extension Int64: SQLEncodable {
  package var sqlValue: SQLValue { .integer(self) }
}

extension Int: SQLEncodable {
  package var sqlValue: SQLValue { .integer(Int64(self)) }
}

extension Int32: SQLEncodable {
  package var sqlValue: SQLValue { .integer(Int64(self)) }
}

extension Bool: SQLEncodable {
  package var sqlValue: SQLValue { .integer(self ? 1 : 0) }
}

extension Double: SQLEncodable {
  package var sqlValue: SQLValue { .real(self) }
}

extension String: SQLEncodable {
  package var sqlValue: SQLValue { .text(self) }
}

extension [UInt8]: SQLEncodable {
  package var sqlValue: SQLValue { .bytes(self) }
}

extension Optional: SQLEncodable where Wrapped: SQLEncodable {
  package var sqlValue: SQLValue { self?.sqlValue ?? .null }
}
