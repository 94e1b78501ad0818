/// Rows under headings, aligned in columns.
///
/// On a terminal the table is made to fit: the columns that may shrink do so in their order, and
/// their text gets an ellipsis. Elsewhere nothing is left out, so that `grep` and `awk` see all of
/// it; scripts that want more use JSON.
package struct TextTable: Sendable {
  /// How one column looks.
  package struct Column: Sendable {
    /// The heading; safe to be empty.
    package let title: String
    /// Numbers trail, all else leads.
    package let alignment: StyledText.Alignment
    /// The columns it keeps when it shrinks.
    package let minimum: Int
    /// The columns it takes at most on a terminal.
    package let maximum: Int?
    /// When it shrinks: 1 is the first to, and nil never does.
    package let shrinkOrder: Int?
    /// Which part of a text goes.
    package let clipping: StyledText.Clipping

    /// A column; only the title must be said.
    package init(
      _ title: String, _ alignment: StyledText.Alignment = .leading, minimum: Int = 8,
      maximum: Int? = nil, shrinkOrder: Int? = nil, clipping: StyledText.Clipping = .end
    ) {
      self.title = title
      self.alignment = alignment
      self.minimum = minimum
      self.maximum = maximum
      self.shrinkOrder = shrinkOrder
      self.clipping = clipping
    }
  }

  private let columns: [Column]
  private var rows: [[StyledText]] = []

  /// A table without rows.
  package init(_ columns: [Column]) {
    precondition(!columns.isEmpty, "a table has columns")
    self.columns = columns
  }

  /// Adds a row with one text for each column.
  package mutating func add(_ cells: [StyledText]) {
    precondition(cells.count == columns.count, "a row has as many cells as the table has columns")
    rows.append(cells)
  }

  /// How many rows were added.
  package var count: Int { rows.count }

  /// The table as lines for a stream: headings, on a terminal a rule below them, rows.
  package func lines(for terminal: Terminal) -> [StyledText] {
    let available = terminal.isInteractive ? terminal.width : nil
    let widths = fittedWidths(into: available)
    let headings = columns.map { StyledText($0.title, .heading) }
    var lines = [line(headings, widths, terminal.ellipsis)]
    if available != nil {
      let stroke = terminal.isUnicode ? "─" : "-"
      let rule = widths.map { StyledText(String(repeating: stroke, count: $0), .quiet) }
      lines.append(line(rule, widths, terminal.ellipsis))
    }
    lines += rows.map { line($0, widths, terminal.ellipsis) }
    guard let available else { return lines }
    // Where the columns' minimums together are too wide, the line's end goes.
    return lines.map { $0.clipped(to: available, ellipsis: terminal.ellipsis) }
  }

  private static let gap = "  "

  private func line(_ cells: [StyledText], _ widths: [Int], _ ellipsis: String) -> StyledText {
    var line = StyledText()
    // The gaps of empty cells at the end are not written: a line has no spaces after its text.
    let last = cells.lastIndex { !$0.isEmpty } ?? 0
    for (place, column) in columns.enumerated().prefix(last + 1) {
      if place > 0 { line.append(Self.gap) }
      let cell = cells[place].clipped(to: widths[place], column.clipping, ellipsis: ellipsis)
      let isLast = place == last && column.alignment == .leading
      line.append(isLast ? cell : cell.padded(to: widths[place], column.alignment))
    }
    return line
  }

  private func fittedWidths(into available: Int?) -> [Int] {
    var widths = columns.indices.map { place in
      rows.reduce(columns[place].title.displayWidth) { max($0, $1[place].width) }
    }
    guard let available else { return widths }
    for (place, column) in columns.enumerated() {
      widths[place] = min(widths[place], column.maximum ?? .max)
    }
    var excess = widths.reduce(0, +) + Self.gap.count * (columns.count - 1) - available
    let shrinking = columns.indices
      .filter { columns[$0].shrinkOrder != nil }
      .sorted { (columns[$0].shrinkOrder ?? 0, $0) < (columns[$1].shrinkOrder ?? 0, $1) }
    for place in shrinking where excess > 0 {
      let given = min(excess, max(0, widths[place] - columns[place].minimum))
      widths[place] -= given
      excess -= given
    }
    return widths
  }
}
