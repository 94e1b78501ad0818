/// What to send to a terminal so that some lines at its bottom are redrawn in place: a pure value.
///
/// The cursor rests at the end of the last line drawn. Each answer is one string for one write, so
/// that no half frame is seen.
struct LivePainter {
  /// The widths of the lines that stand on the screen; empty where none do.
  private var drawn: [Int] = []
  /// The lines of the last frame, to be drawn again after other output.
  private var frame: [StyledText] = []
  private var isCursorHidden = false

  /// Replaces what is drawn by these lines, as many as the screen holds, each cut to its width.
  mutating func paint(_ lines: [StyledText], on terminal: Terminal) -> String {
    frame = lines
    let size = terminal.size
    var out = isCursorHidden ? "" : Self.hideCursor
    isCursorHidden = true
    out += toFirstLine(columns: size.columns)
    // One column is left free: a full line would leave the cursor beyond the edge, where
    // terminals disagree about what the next character does. One row too: a region as tall as
    // the screen could not be reached again by moving up.
    let fitting = lines.prefix(max(1, size.rows - 1)).map {
      $0.clipped(to: size.columns - 1, ellipsis: terminal.ellipsis)
    }
    out += fitting.map { terminal.render($0) + Self.eraseToLineEnd }.joined(separator: "\r\n")
    out += Self.eraseBelow
    drawn = fitting.map(\.width)
    return out
  }

  /// Takes the lines off the screen, so that something else can be written where they stood.
  mutating func erase(on terminal: Terminal) -> String {
    guard !drawn.isEmpty else { return "" }
    defer { drawn = [] }
    return toFirstLine(columns: terminal.size.columns) + Self.eraseBelow
  }

  /// Draws the last frame again.
  mutating func repaint(on terminal: Terminal) -> String { paint(frame, on: terminal) }

  /// Ends the region: the lines stay, or go, and the cursor comes back.
  mutating func finish(keeping isKept: Bool, on terminal: Terminal) -> String {
    var out = ""
    if isKept, !drawn.isEmpty { out += "\r\n" } else { out += erase(on: terminal) }
    if isCursorHidden { out += Self.showCursor }
    self = LivePainter()
    return out
  }

  /// From the end of the last line to the start of the first.
  ///
  /// When the window was made narrower meanwhile, the terminal broke the lines anew and they now
  /// stand on more rows than were written.
  private func toFirstLine(columns: Int) -> String {
    guard !drawn.isEmpty else { return "" }
    let rows = drawn.reduce(0) { $0 + max(1, ($1 + columns - 1) / columns) }
    return "\r" + (rows > 1 ? "\u{1B}[\(rows - 1)A" : "")
  }

  private static let hideCursor = "\u{1B}[?25l"
  private static let showCursor = "\u{1B}[?25h"
  private static let eraseToLineEnd = "\u{1B}[K"
  private static let eraseBelow = "\u{1B}[J"
}
