/// A statement's text, which only the program's own source can hold.
///
/// It is made from literals without interpolation, and from other such texts. So what comes from
/// outside cannot get into a statement but as a parameter (`?1`).
package struct SQL: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
  let text: String

  package init(stringLiteral literal: StaticString) {
    text = literal.withUTF8Buffer { String(decoding: $0, as: UTF8.self) }
  }

  init(made text: String) { self.text = text }

  package var description: String { text }

  package static func + (left: SQL, right: SQL) -> SQL { SQL(made: left.text + right.text) }

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
