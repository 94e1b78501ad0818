/// What a column can be read as.
///
/// Reading is strict: a value of another type, or one that does not fit, is a failure and no
/// guess. Types with a raw value of such a type need only say that they conform.
package protocol SQLDecodable {
  /// The value, nil where it is not of this type.
  init?(sqlValue: SQLValue)
}

extension SQLDecodable where Self: RawRepresentable, RawValue: SQLDecodable {
  package init?(sqlValue: SQLValue) {
    guard let raw = RawValue(sqlValue: sqlValue) else { return nil }
    self.init(rawValue: raw)
  }
}

extension SQLValue: SQLDecodable {
  package init?(sqlValue: SQLValue) { self = sqlValue }
}

extension Int64: SQLDecodable {
  package init?(sqlValue: SQLValue) {
    guard case .integer(let number) = sqlValue else { return nil }
    self = number
  }
}

extension Int: SQLDecodable {
  package init?(sqlValue: SQLValue) {
    guard case .integer(let number) = sqlValue else { return nil }
    self.init(exactly: number)
  }
}

extension Int32: SQLDecodable {
  package init?(sqlValue: SQLValue) {
    guard case .integer(let number) = sqlValue else { return nil }
    self.init(exactly: number)
  }
}

extension Bool: SQLDecodable {
  package init?(sqlValue: SQLValue) {
    switch sqlValue {
    case .integer(0): self = false
    case .integer(1): self = true
    default: return nil
    }
  }
}

extension Double: SQLDecodable {
  package init?(sqlValue: SQLValue) {
    switch sqlValue {
    case .real(let number): self = number
    // SQLite itself may have stored 2.0 as 2, or summed up integers.
    case .integer(let number): self = Double(number)
    default: return nil
    }
  }
}

extension String: SQLDecodable {
  package init?(sqlValue: SQLValue) {
    guard case .text(let text) = sqlValue else { return nil }
    self = text
  }
}

extension [UInt8]: SQLDecodable {
  package init?(sqlValue: SQLValue) {
    guard case .bytes(let bytes) = sqlValue else { return nil }
    self = bytes
  }
}

extension Optional: SQLDecodable where Wrapped: SQLDecodable {
  package init?(sqlValue: SQLValue) {
    if case .null = sqlValue {
      self = .none
      return
    }
    guard let value = Wrapped(sqlValue: sqlValue) else { return nil }
    self = .some(value)
  }
}
