/// A statement's text, which only the program's own source can hold.
///
/// It is made from literals without interpolation, and from other such texts. So what comes from
/// outside cannot get into a statement but as a parameter (`?1`).
///
/// Equal are two from one literal, and two that were put together and have the same text: kept
/// statements are found by it, and most are literals.
package struct SQL: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
  private enum Source: Sendable {
    case literal(StaticString)
    case made(String)
  }

  private let source: Source

  package init(stringLiteral literal: StaticString) { source = .literal(literal) }

  init(made text: String) { source = .made(text) }

  var text: String {
    switch source {
    case .literal(let literal):
      literal.withUTF8Buffer { String(decoding: $0, as: UTF8.self) }
    case .made(let text): text
    }
  }

  package var description: String { text }

  package static func == (left: Self, right: Self) -> Bool {
    switch (left.source, right.source) {
    case (.literal(let one), .literal(let other)): address(of: one) == address(of: other)
    case (.made(let one), .made(let other)): one == other
    default: false
    }
  }

  package func hash(into hasher: inout Hasher) {
    switch source {
    case .literal(let literal): hasher.combine(Self.address(of: literal))
    case .made(let text): hasher.combine(text)
    }
  }

  // Literals lie in the program's own file and stay where they are.
  private static func address(of literal: StaticString) -> Int {
    Int(bitPattern: literal.utf8Start)
  }

  /// One text after the other.
  package static func + (left: SQL, right: SQL) -> SQL { SQL(made: left.text + right.text) }

  /// Adds a text at the end.
  package static func += (left: inout SQL, right: SQL) { left = left + right }

  /// Several texts with one between each two: conditions with `" AND "`.
  package static func joined(_ parts: some Sequence<SQL>, by separator: SQL) -> SQL {
    SQL(made: parts.map(\.text).joined(separator: separator.text))
  }

  /// The parameter of a number, from 1: `?3`.
  package static func parameter(_ number: Int) -> SQL {
    precondition(number > 0, "parameters are counted from 1")
    return SQL(made: "?\(number)")
  }
}
