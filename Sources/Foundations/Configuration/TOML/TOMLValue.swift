/// Any TOML value.
package enum TOMLValue: Sendable, Equatable {
  case string(String)
  case integer(Int64)
  case float(Double)
  case boolean(Bool)
  case dateTime(TOMLDateTime)
  case array([TOMLNode])
  case table(TOMLTable)

  /// What sort of value it is, with its article, for messages.
  package var noun: String {
    switch self {
    case .string: "a text"
    case .integer: "a whole number"
    case .float: "a number"
    case .boolean: "true or false"
    case .dateTime: "a date or time"
    case .array: "a list"
    case .table: "a table"
    }
  }
}

/// A value and where it stands.
package struct TOMLNode: Sendable {
  /// The value.
  package let value: TOMLValue
  /// The bytes of the text it was read from; for a table of its own those of its header's key.
  package let place: Range<Int>
}

extension TOMLNode: Equatable {
  /// Equal when the values are, wherever they stand.
  package static func == (left: Self, right: Self) -> Bool { left.value == right.value }
}

/// The keys of a table and their values, in the order in which they were written.
///
/// Keys are compared byte by byte, as TOML asks, and not by Swift's canonical equivalence.
package struct TOMLTable: Sendable, Equatable {
  /// A key with its value.
  package struct Entry: Sendable, Equatable {
    /// The key, without quotes.
    package let key: String
    /// The value.
    package let node: TOMLNode
    /// Where the key stands.
    package let keyPlace: Range<Int>

    package static func == (left: Self, right: Self) -> Bool {
      left.key.utf8.elementsEqual(right.key.utf8) && left.node == right.node
    }
  }

  /// The entries in order.
  package let entries: [Entry]

  /// The value of a key.
  package subscript(key: String) -> TOMLValue? {
    entries.first { $0.key.utf8.elementsEqual(key.utf8) }?.node.value
  }

  /// Equal when the same keys have equal values, in whatever order.
  package static func == (left: Self, right: Self) -> Bool {
    left.entries.count == right.entries.count
      && left.entries.allSatisfy { right[$0.key] == $0.node.value }
  }
}

/// A date, a time or both, checked and kept as it was written.
///
/// No setting is one, so that nothing here needs to count with them.
package struct TOMLDateTime: Sendable, Equatable {
  /// The four sorts that TOML knows.
  package enum Kind: Sendable, Equatable {
    case offsetDateTime, localDateTime, localDate, localTime
  }

  /// Which sort it is.
  package let kind: Kind
  /// The text as it stands in the file.
  package let text: String
}
