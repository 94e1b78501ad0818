import Encoding
import Engine
import Foundations

/// A folder's encodes as people read them: what will be done, and what was done.
enum EncodeFolderText {
  private static let film = TextTable.Column(
    "Film", minimum: 12, shrinkOrder: 2, clipping: .middle)

  /// What would be done, film by film.
  static func lines(_ plan: FolderPlan, _ terminal: Terminal) -> [StyledText] {
    let width = terminal.isInteractive ? terminal.width : .max
    var columns = [film, TextTable.Column("Size", .trailing)]
    if width >= 60 { columns.append(TextTable.Column("Length", .trailing)) }
    if width >= 80 { columns.append(TextTable.Column("Picture", .trailing)) }
    columns.append(TextTable.Column("Will be", minimum: 24, shrinkOrder: 1, clipping: .middle))
    var table = TextTable(columns)
    for film in plan.films {
      var cells: [StyledText] = [
        StyledText(film.name.description), StyledText(HumanText.bytes(film.size)),
      ]
      if width >= 60 {
        cells.append(StyledText(film.seconds.map { HumanText.clock(.seconds($0)) } ?? ""))
      }
      if width >= 80 { cells.append("\(film.width)×\(film.height)") }
      table.add(cells + [fate(film)])
    }
    return (plan.films.isEmpty ? [] : table.lines(for: terminal)) + [total(plan)]
  }

  private static func fate(_ film: PlannedFilm) -> StyledText {
    switch film.fate {
    case .encode: StyledText(film.output.description, .accent)
    case .skip(let reason): StyledText("skipped: \(reason.words)", .quiet)
    case .refuse(let failure): StyledText(failure.message, .bad)
    }
  }

  private static func total(_ plan: FolderPlan) -> StyledText {
    let films = plan.toEncode
    let skipped = plan.films.count { if case .skip = $0.fate { true } else { false } }
    var parts: [StyledText] = [
      StyledText(HumanText.count(films.count, "film") + " to be encoded", .strong),
      StyledText(HumanText.bytes(films.reduce(0) { $0 + $1.size })),
    ]
    if skipped > 0 { parts.append("\(HumanText.count(skipped)) skipped") }
    if plan.passedOver > 0 { parts.append(passedOver(plan.passedOver)) }
    return .dotted(parts)
  }

  /// What was done, film by film, with the sums.
  static func lines(
    _ encoded: [(film: PlannedFilm, report: EncodeReport)], _ summary: FolderSummary,
    _ terminal: Terminal
  ) -> [StyledText] {
    let width = terminal.isInteractive ? terminal.width : .max
    var table = TextTable([film] + EncodeFigures.columns(within: width))
    for one in encoded {
      table.add(
        [StyledText(one.film.name.description)] + EncodeFigures(one.report).cells(within: width))
    }
    if encoded.count > 1 {
      table.add(
        [StyledText(HumanText.count(encoded.count, "film"), .strong)]
          + EncodeFigures(summary).cells(within: width))
    }
    return (encoded.isEmpty ? [] : table.lines(for: terminal)) + [counts(summary)]
  }

  private static func counts(_ summary: FolderSummary) -> StyledText {
    var parts: [StyledText] = [
      StyledText(
        HumanText.count(summary.encoded, "film") + " encoded", summary.encoded > 0 ? .good : .plain)
    ]
    for reason in PlannedFilm.Reason.allCases {
      guard let count = summary.skipped[reason], count > 0 else { continue }
      parts.append(StyledText("\(HumanText.count(count)) skipped: \(reason.words)"))
    }
    if summary.failed > 0 { parts.append(StyledText("\(summary.failed) failed", .bad)) }
    if summary.passedOver > 0 { parts.append(passedOver(summary.passedOver)) }
    if summary.stopped != nil { parts.append(StyledText("ended before the end", .warning)) }
    return .dotted(parts)
  }

  private static func passedOver(_ count: Int) -> StyledText {
    StyledText(
      "\(HumanText.count(count)) passed over that \(count == 1 ? "is" : "are") no film", .quiet)
  }
}

extension PlannedFilm.Reason {
  /// As people read it.
  var words: String {
    switch self {
    case .done: "encoded before"
    case .exists: "output exists"
    case .av1: "AV1 already"
    }
  }
}
