extension StyledText {
  /// On which side the text stands, and the spaces on the other.
  package enum Alignment: Sendable { case leading, trailing }

  /// Which part goes when there is too much.
  package enum Clipping: Sendable {
    /// The end: for sentences.
    case end
    /// The middle: for paths and names, whose ends tell most.
    case middle
  }

  /// This text in at most so many columns, with an ellipsis where something was left out.
  package func clipped(
    to width: Int, _ clipping: Clipping = .end, ellipsis: String = "…"
  ) -> StyledText {
    guard self.width > width else { return self }
    let room = width - ellipsis.displayWidth
    // Where not even the ellipsis fits, a piece of the text says more than a piece of dots.
    guard room > 0 else { return StyledText(fitting(cells, into: max(0, width))) }
    let mark = StyledText(ellipsis, .quiet)
    switch clipping {
    case .end: return StyledText(fitting(cells, into: room)) + mark
    case .middle:
      let head = fitting(cells, into: (room + 1) / 2)
      let tail = fitting(cells.reversed(), into: room - head.width).reversed()
      return StyledText(head) + mark + StyledText(tail)
    }
  }

  private func fitting(_ cells: some Sequence<StyledCell>, into width: Int) -> [StyledCell] {
    var used = 0
    return cells.prefix { cell in
      used += cell.width
      return used <= width
    }
  }

  /// This text with spaces up to a width; longer text stays as it is.
  package func padded(to width: Int, _ alignment: Alignment = .leading) -> StyledText {
    let spaces = StyledText(String(repeating: " ", count: max(0, width - self.width)))
    return alignment == .leading ? self + spaces : spaces + self
  }

  /// This text on as many lines as it needs, the lines after the first indented.
  ///
  /// Broken between words, and inside a word only where the word alone is wider than a line.
  /// Spaces in a row count as one. Empty text is one empty line.
  package func wrapped(to width: Int, indent: Int = 0) -> [StyledText] {
    var filler = LineFiller(width: max(1, width), indent: max(0, min(indent, width - 1)))
    for word in cells.split(whereSeparator: { $0.character == " " }) { filler.add(word) }
    return filler.lines.map { StyledText($0) }
  }

  fileprivate var cells: [StyledCell] {
    pieces.flatMap { piece in
      piece.text.map { StyledCell(character: $0, style: piece.style, width: $0.displayWidth) }
    }
  }

  fileprivate init(_ cells: some Sequence<StyledCell>) {
    self.init()
    var run = ""
    var style = TextStyle.plain
    for cell in cells {
      if cell.style != style {
        append(run, style)
        run = ""
        style = cell.style
      }
      run.append(cell.character)
    }
    append(run, style)
  }
}

/// A character with its style and the columns it takes.
private struct StyledCell {
  let character: Character
  let style: TextStyle
  let width: Int

  static func space(_ style: TextStyle = .plain) -> StyledCell {
    StyledCell(character: " ", style: style, width: 1)
  }
}

extension Sequence<StyledCell> {
  fileprivate var width: Int { reduce(0) { $0 + $1.width } }
}

/// Puts words on lines.
private struct LineFiller {
  let width: Int
  let indent: Int
  private(set) var lines: [[StyledCell]] = [[]]
  private var used = 0
  private var isFresh = true

  init(width: Int, indent: Int) {
    self.width = width
    self.indent = indent
  }

  mutating func add(_ word: ArraySlice<StyledCell>) {
    let wordWidth = word.width
    if !isFresh, used + 1 + wordWidth > width { breakLine() }
    if !isFresh {
      // A gap inside emphasised words is emphasised, one between two styles is not.
      let before = lines[lines.count - 1].last?.style
      put(.space(before == word.first?.style ? before ?? .plain : .plain))
    }
    for cell in word {
      // `isFresh` guards against a line too narrow for even one wide character.
      if !isFresh, used + cell.width > width { breakLine() }
      put(cell)
      isFresh = false
    }
  }

  private mutating func put(_ cell: StyledCell) {
    lines[lines.count - 1].append(cell)
    used += cell.width
  }

  private mutating func breakLine() {
    lines.append(Array(repeating: .space(), count: indent))
    used = indent
    isFresh = true
  }
}
