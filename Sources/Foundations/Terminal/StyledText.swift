/// One line of text in pieces, each with its meaning.
///
/// Every piece is made safe when it enters (`TerminalSafe`), so no title or file name can reach
/// the terminal with an escape sequence in it; the only escapes written are those of the styles.
///
///     let line: StyledText = "\(path, .strong) is \(HumanText.bytes(size), .quiet)"
package struct StyledText: Sendable, Hashable, ExpressibleByStringInterpolation {
  /// A piece of one style.
  package struct Piece: Sendable, Hashable {
    /// The text, safe for one line.
    package let text: String
    /// What it means.
    package let style: TextStyle
  }

  /// The pieces in order; none is empty, and no two neighbours have one style.
  package private(set) var pieces: [Piece] = []

  /// Text of one style.
  package init(_ text: some StringProtocol, _ style: TextStyle = .plain) { append(text, style) }

  /// No text.
  package init() {}

  package init(stringLiteral value: String) { self.init(value) }

  package init(stringInterpolation: StringInterpolation) { self = stringInterpolation.text }

  /// Adds text at the end.
  package mutating func append(_ text: some StringProtocol, _ style: TextStyle = .plain) {
    add(TerminalSafe.line(text), style)
  }

  /// Adds another's pieces at the end.
  package mutating func append(_ other: StyledText) {
    for piece in other.pieces { add(piece.text, piece.style) }
  }

  /// Adds text that is safe already.
  private mutating func add(_ safe: String, _ style: TextStyle) {
    guard !safe.isEmpty else { return }
    if let last = pieces.last, last.style == style {
      pieces[pieces.count - 1] = Piece(text: last.text + safe, style: style)
    } else {
      pieces.append(Piece(text: safe, style: style))
    }
  }

  package static func + (left: StyledText, right: StyledText) -> StyledText {
    var sum = left
    sum.append(right)
    return sum
  }

  package static func += (left: inout StyledText, right: StyledText) { left.append(right) }

  /// Whether there is nothing to see.
  package var isEmpty: Bool { pieces.isEmpty }

  /// The text without its styles.
  package var text: String { pieces.map(\.text).joined() }

  /// The columns it takes.
  package var width: Int { pieces.reduce(0) { $0 + $1.text.displayWidth } }

  /// The text with the escape sequences of its styles, for so many colours.
  package func rendered(_ depth: ColorDepth) -> String {
    guard depth > .none else { return text }
    return pieces.map { $0.style.opening(depth) + $0.text + $0.style.closing(depth) }.joined()
  }

  /// Gathers the pieces of an interpolated literal.
  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = StyledText()

    package init(literalCapacity: Int, interpolationCount: Int) {}

    package mutating func appendLiteral(_ literal: String) { text.append(literal) }

    /// `\(value)` and `\(value, .strong)`.
    package mutating func appendInterpolation(
      _ value: some CustomStringConvertible, _ style: TextStyle = .plain
    ) {
      text.append(value.description, style)
    }

    /// `\(path)`, with bytes that are no UTF-8 shown as such.
    package mutating func appendInterpolation(_ path: FilePath, _ style: TextStyle = .plain) {
      text.append(TerminalSafe.path(path), style)
    }

    /// `\(styled)`.
    package mutating func appendInterpolation(_ styled: StyledText) { text.append(styled) }
  }
}
