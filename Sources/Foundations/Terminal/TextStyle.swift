/// What a piece of text means to the reader; the terminal decides how that looks.
package enum TextStyle: Sendable, Hashable, CaseIterable {
  /// Ordinary text.
  case plain
  /// The heading of a section or a column.
  case heading
  /// What matters in a line.
  case strong
  /// A name to be typed: a command, an option, a key.
  case accent
  /// It went well.
  case good
  /// It needs a look.
  case warning
  /// It failed.
  case bad
  /// Background: units, defaults, times.
  case quiet

  /// The escape sequence that begins the style; empty without colours.
  ///
  /// From the user's own sixteen colours, which fit the user's background, light or dark. Only the
  /// quiet grey is a fixed one where there are 256: faint text is hard to read on many a terminal,
  /// and on some the palette's "bright black" is the background itself.
  package func opening(_ depth: ColorDepth) -> String {
    guard depth > .none else { return "" }
    return switch self {
    case .plain: ""
    case .heading, .strong: "\u{1B}[1m"
    case .accent: "\u{1B}[36m"
    case .good: "\u{1B}[32m"
    case .warning: "\u{1B}[33m"
    case .bad: "\u{1B}[1;31m"
    case .quiet: depth >= .extended ? "\u{1B}[38;5;245m" : "\u{1B}[2m"
    }
  }

  /// The escape sequence that ends the style; empty where none began.
  package func closing(_ depth: ColorDepth) -> String {
    opening(depth).isEmpty ? "" : "\u{1B}[0m"
  }
}
