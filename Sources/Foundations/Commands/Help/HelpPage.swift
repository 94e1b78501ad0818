/// Help laid out for a width: headings, paragraphs, and terms with their explanations.
struct HelpPage {
  /// A term and what it means.
  struct Row {
    let term: StyledText
    let text: StyledText
    /// What is to be known beside it, each in brackets.
    var facts: [String] = []
    /// Rows below the text: the words of a choice.
    var below: [Row] = []
  }

  private(set) var lines: [StyledText] = []
  private let width: Int
  private let textColumn: Int

  /// A page for a terminal's width and for all the terms that will stand on it.
  ///
  /// All explanations begin in one column, so that the eye finds them. Lines longer than a hundred
  /// columns are hard to read, whatever the window; and on a narrow one each explanation goes
  /// below its term.
  init(width: Int, terms: [StyledText]) {
    self.width = min(max(width, Self.narrowest), Self.widest)
    let longest = terms.map(\.width).filter { $0 <= Self.longestTerm }.max() ?? 0
    let column = Self.indent + longest + Self.gap
    textColumn = self.width - column >= Self.leastText ? column : Self.stackedColumn
  }

  private static let narrowest = 30
  private static let widest = 100
  private static let longestTerm = 28
  private static let leastText = 36
  private static let indent = 2
  private static let stackedColumn = 8
  private static let gap = 2

  /// A heading with an empty line before it.
  mutating func heading(_ title: String) {
    gapBefore()
    lines.append("\("\(title):", .heading)")
  }

  /// A paragraph with an empty line before it.
  mutating func paragraph(_ text: StyledText) {
    gapBefore()
    lines += text.wrapped(to: width)
  }

  /// Text with a heading in front of it, the lines after the first below the text.
  mutating func labelled(_ label: String, _ texts: [StyledText]) {
    gapBefore()
    let indent = label.displayWidth + 2
    for (place, text) in texts.enumerated() {
      let start = place == 0 ? "\("\(label):", .heading) " : Self.spaces(indent)
      let wrapped = text.wrapped(to: width - indent)
      for (number, line) in wrapped.enumerated() {
        lines.append((number == 0 ? start : Self.spaces(indent)) + line)
      }
    }
  }

  /// A line of its own, indented, never broken: what is to be copied.
  mutating func verbatim(_ text: StyledText, indent: Int) {
    lines.append(Self.spaces(indent) + text)
  }

  /// Text indented under a heading.
  mutating func indented(_ text: StyledText, by indent: Int) {
    lines += text.wrapped(to: width - indent).map { Self.spaces(indent) + $0 }
  }

  /// Terms with their explanations in the page's column.
  mutating func rows(_ rows: [Row]) {
    for row in rows {
      let start = Self.spaces(Self.indent) + row.term
      var texts = row.text.isEmpty ? [] : wrapped(row, to: width - textColumn)
      texts += Self.aligned(row.below, width: width - textColumn)
      // A term that reaches into the text's column has a line to itself.
      if start.width + Self.gap <= textColumn, textColumn > Self.stackedColumn, !texts.isEmpty {
        lines.append(start.padded(to: textColumn) + texts.removeFirst())
      } else {
        lines.append(start)
      }
      lines += texts.map { Self.spaces(textColumn) + $0 }
    }
  }

  /// Rows within a row: their terms in a column of their own.
  private static func aligned(_ rows: [Row], width: Int) -> [StyledText] {
    let column = indent + (rows.map(\.term.width).max() ?? 0) + gap
    return rows.flatMap { row in
      let texts = row.text.wrapped(to: width - column)
      return texts.enumerated().map { number, text in
        (spaces(indent) + (number == 0 ? row.term : StyledText())).padded(to: column) + text
      }
    }
  }

  /// The text and the facts, of which each stands on one line where it can.
  private func wrapped(_ row: Row, to width: Int) -> [StyledText] {
    var text = row.text
    for fact in row.facts {
      let bracketed = "[\(fact)]"
      let isNarrow = bracketed.displayWidth <= width
      let kept = isNarrow ? bracketed.map { $0 == " " ? Self.noBreakSpace : $0 } : Array(bracketed)
      text += " " + StyledText(String(kept), .quiet)
    }
    return text.wrapped(to: width).map { line in
      line.pieces.reduce(into: StyledText()) { plain, piece in
        plain.append(
          String(piece.text.map { $0 == Self.noBreakSpace ? " " : $0 }), piece.style)
      }
    }
  }

  private static let noBreakSpace: Character = "\u{A0}"

  private mutating func gapBefore() { if !lines.isEmpty { lines.append(StyledText()) } }

  private static func spaces(_ count: Int) -> StyledText {
    StyledText(String(repeating: " ", count: count))
  }
}
