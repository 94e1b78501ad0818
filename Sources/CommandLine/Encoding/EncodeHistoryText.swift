import Engine
import Foundations

/// What was encoded as people read it.
enum EncodeHistoryText {
  /// One line an encode.
  static func table(_ records: [EncodeRecord], _ terminal: Terminal) -> [StyledText] {
    guard !records.isEmpty else { return [] }
    let width = terminal.isInteractive ? terminal.width : .max
    let hasFailed = records.contains { $0.state == .failed }
    var columns = [
      TextTable.Column("Ended (UTC)"),
      TextTable.Column("Film", minimum: 12, shrinkOrder: 2, clipping: .middle),
    ]
    columns += EncodeFigures.columns(within: width - 18)
    if hasFailed, width >= 100 {
      columns.append(TextTable.Column("Why", minimum: 8, shrinkOrder: 1))
    }
    var table = TextTable(columns)
    for record in records {
      var cells: [StyledText] = [
        StyledText(record.time.shownInColumn, .quiet), StyledText(record.title),
      ]
      cells += EncodeFigures(record).cells(within: width - 18)
      if hasFailed, width >= 100 { cells.append(StyledText(record.error?.message ?? "", .quiet)) }
      table.add(cells)
    }
    return table.lines(for: terminal)
  }
}
