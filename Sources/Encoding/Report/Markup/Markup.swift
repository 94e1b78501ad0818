import Foundations

/// Markup for a page or a drawing; whatever text is put into it is escaped.
///
/// So no name or title of a film can become part of the markup, and only what stands in the source
/// is markup:
///
///     let heading: Markup = "<h1>\(film.title)</h1>"
package struct Markup: Sendable, ExpressibleByStringInterpolation {
  /// The markup.
  package private(set) var text: String

  package init(stringLiteral value: String) { text = value }

  package init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

  /// Pieces one after the other.
  init(_ pieces: [Markup]) { text = pieces.map(\.text).joined(separator: "\n") }

  /// Pieces without anything between them.
  init(joined pieces: [Markup]) { text = pieces.map(\.text).joined() }

  /// Nothing.
  static let nothing: Markup = ""

  static func + (left: Markup, right: Markup) -> Markup { "\(left)\n\(right)" }

  /// Text as text, between tags and in quoted attributes.
  ///
  /// What cannot be seen, or turns the direction of writing, is spelled out as on a terminal.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in ShownText.of(text).unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      // XML knows neither of the two.
      case "\u{FFFE}", "\u{FFFF}": escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// Collects literals as they are, and values escaped.
  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    package init(literalCapacity: Int, interpolationCount: Int) {}

    package mutating func appendLiteral(_ literal: String) { text += literal }

    /// Text, escaped.
    package mutating func appendInterpolation(_ text: String) { self.text += Markup.escaped(text) }

    /// Markup as it is.
    package mutating func appendInterpolation(_ markup: Markup) { text += markup.text }

    /// A whole number.
    package mutating func appendInterpolation(_ number: Int) { text += "\(number)" }

    /// A place or length in a drawing.
    package mutating func appendInterpolation(_ number: Double) {
      text += Self.short(number)
    }

    /// Two digits after the point, and none that say nothing.
    private static func short(_ number: Double) -> String {
      let text = String(number, decimals: 2)
      guard text.contains(".") else { return text }
      let bare = text.reversed().drop { $0 == "0" }
      return String((bare.first == "." ? bare.dropFirst() : bare).reversed())
    }
  }
}
