extension Program {
  /// The help of a place, for a terminal's width: lines to be written to standard output.
  package func help(for place: CommandPlace, width: Int) -> [StyledText] {
    HelpWriter(self, place).lines(width: width)
  }
}

/// Makes the help of one place from the table.
private struct HelpWriter {
  private let program: Program
  private let place: CommandPlace
  private let children: [CommandPlace]

  init(_ program: Program, _ place: CommandPlace) {
    self.program = program
    self.place = place
    children = program.children(of: place)
  }

  func lines(width: Int) -> [StyledText] {
    let commands = commandGroups
    let arguments = argumentRows
    let options = (place.options.byCategory + program.options.byCategory).map {
      (title: $0.category, rows: $0.options.map(Self.row))
    }
    let rows = commands.flatMap(\.rows) + arguments + options.flatMap(\.rows)
    var page = HelpPage(width: width, terms: rows.map(\.term))
    writeHead(to: &page)
    for group in commands {
      page.heading(group.title)
      page.rows(group.rows)
    }
    if !arguments.isEmpty {
      page.heading("Arguments")
      page.rows(arguments)
    }
    for group in options {
      page.heading(group.title)
      page.rows(group.rows)
    }
    writeExamples(to: &page)
    writeFoot(to: &page)
    return page.lines
  }

  private func writeHead(to page: inout HelpPage) {
    let summary = place.command?.summary ?? program.summary
    page.paragraph(MarkedText(summary).styled)
    for paragraph in place.command?.description ?? [] {
      page.paragraph(MarkedText(paragraph).styled)
    }
    page.labelled("Usage", UsageLine.lines(of: place, in: program).map(\.styled))
  }

  /// The program's commands under their headings, a group's under one.
  private var commandGroups: [(title: String, rows: [HelpPage.Row])] {
    func row(_ command: CommandSpec) -> HelpPage.Row {
      HelpPage.Row(
        term: StyledText(command.name, .accent), text: MarkedText(command.summary).styled)
    }
    if place.command == nil {
      return program.groups.compactMap { group in
        let visible = group.commands.filter { !$0.isHidden }
        return visible.isEmpty ? nil : (group.title, visible.map(row))
      }
    }
    return children.isEmpty ? [] : [("Commands", children.compactMap(\.command).map(row))]
  }

  private var argumentRows: [HelpPage.Row] {
    (place.command?.arguments ?? []).map { argument in
      let choices = argument.form.choices.map(\.word)
      return HelpPage.Row(
        term: StyledText(argument.name + (argument.isMany ? "..." : ""), .accent),
        text: MarkedText(argument.summary).styled,
        facts: choices.isEmpty ? [] : ["one of: \(choices.joined(separator: ", "))"])
    }
  }

  private static func row(_ option: OptionSpec) -> HelpPage.Row {
    // Long names stand below each other, whether or not there is a letter before them.
    var term: StyledText = option.short.map { "\("-\($0)", .accent), " } ?? "    "
    term.append(option.shownFlag, .accent)
    if option.form != nil { term += " \(option.shownPlaceholder)" }
    let below = option.explainedChoices.map {
      HelpPage.Row(term: StyledText($0.word, .accent), text: MarkedText($0.summary).styled)
    }
    return HelpPage.Row(
      term: term, text: MarkedText(option.summary).styled, facts: option.facts, below: below)
  }

  private func writeExamples(to page: inout HelpPage) {
    guard let examples = place.command?.examples, !examples.isEmpty else { return }
    page.heading("Examples")
    for example in examples {
      page.indented(MarkedText(example.summary).styled, by: 2)
      page.verbatim("\("$", .quiet) \(example.command, .strong)", indent: 4)
    }
  }

  private func writeFoot(to page: inout HelpPage) {
    if !children.isEmpty {
      let typed = ([program.name, "help"] + place.path + ["COMMAND"]).joined(separator: " ")
      page.paragraph("Run '\(typed, .accent)' for more about a command.")
    }
    guard let command = place.command, !command.seeAlso.isEmpty else { return }
    let others = command.seeAlso.map { "\(program.name) \($0)" }.joined(separator: ", ")
    page.labelled("See also", [StyledText(others)])
  }
}

extension UsageLine {
  /// For a terminal.
  fileprivate var styled: StyledText {
    pieces.enumerated().reduce(into: StyledText()) { line, piece in
      if piece.offset > 0 { line.append(" ") }
      switch piece.element {
      case .literal(let word): line.append(word, .accent)
      case .slot(let name): line.append(name)
      case .optional(let name): line.append("[\(name)]")
      }
    }
  }
}
