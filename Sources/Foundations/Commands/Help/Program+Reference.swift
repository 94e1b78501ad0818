extension Program {
  /// The reference of all commands as a Markdown document.
  package func markdownReference() -> String {
    var page = "# \(name)\n\n\(Self.prose(summary))\n\n"
    page += "Made from the table of commands; do not edit.\n"
    for paragraph in description { page += "\n\(Self.prose(paragraph))\n" }
    for group in groups {
      let visible = group.commands.filter { !$0.isHidden }
      guard !visible.isEmpty else { continue }
      page += "\n**\(group.title)**\n\n"
      for command in visible {
        page +=
          "- [`\(name) \(command.name)`](#\(name)-\(command.name)): \(Self.prose(command.summary))\n"
      }
    }
    for group in options.byCategory {
      page += "\n## \(group.category)\n\n" + Self.table(of: group.options)
    }
    for place in places() { page += section(of: place) }
    page += "\n## Exit status\n\n| status | meaning |\n|---|---|\n"
    for (status, meaning) in ExitStatus.table { page += "| \(status) | \(meaning) |\n" }
    for note in notes {
      page +=
        "\n## \(note.title)\n\n" + note.paragraphs.map(Self.prose).joined(separator: "\n\n") + "\n"
    }
    return page
  }

  private func section(of place: CommandPlace) -> String {
    guard let command = place.command else { return "" }
    let typed = place.typed(in: self)
    var text =
      "\n\(place.path.count == 1 ? "##" : "###") \(typed)\n\n\(Self.prose(command.summary))\n\n"
    let usage = UsageLine.lines(of: place, in: self).map(\.plain)
    text += "```\n" + usage.joined(separator: "\n") + "\n```\n"
    for paragraph in command.description { text += "\n\(Self.prose(paragraph))\n" }
    if !command.arguments.isEmpty {
      text += "\n| argument | |\n|---|---|\n"
      for argument in command.arguments {
        let words = argument.form.choices.map { "`\($0.word)`" }.joined(separator: ", ")
        let name = "`\(argument.name)\(argument.isMany ? "..." : "")`"
        let choice = words.isEmpty ? "" : " One of \(words)."
        text += "| \(name) | \(Self.cell(argument.summary))\(choice) |\n"
      }
    }
    for group in command.options.byCategory {
      if group.category != "Options" { text += "\n\(group.category):\n" }
      text += "\n" + Self.table(of: group.options)
    }
    if !command.examples.isEmpty {
      let examples = command.examples.map { "# \($0.summary)\n\($0.command)" }
      text += "\n```sh\n" + examples.joined(separator: "\n") + "\n```\n"
    }
    if !command.seeAlso.isEmpty {
      let others = command.seeAlso.map { other in
        let anchor = "\(name) \(other)".map { $0 == " " ? "-" : $0 }
        return "[`\(name) \(other)`](#\(String(anchor)))"
      }
      text += "\nSee also " + others.joined(separator: ", ") + ".\n"
    }
    return text
  }

  private static func table(of options: [OptionSpec]) -> String {
    var text = "| option | |\n|---|---|\n"
    for option in options {
      let short = option.short.map { "`-\($0)`, " } ?? ""
      let value = option.form == nil ? "" : " \(option.shownPlaceholder)"
      var meaning = ([option.summary] + option.details).joined(separator: " ")
      let choices = option.explainedChoices.map { "`\($0.word)`: \($0.summary)" }
      if !choices.isEmpty { meaning += " (\(choices.joined(separator: "; ")))" }
      let facts = option.facts.isEmpty ? "" : " *\(cell(option.facts.joined(separator: "; ")))*"
      text += "| \(short)\(cell("`\(option.shownFlag)\(value)`")) | \(cell(meaning))\(facts) |\n"
    }
    return text
  }

  /// Text of the table for a cell, where a bar would end it.
  private static func cell(_ text: String) -> String {
    prose(text).split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }

  /// Text of the table, in which only the backticks mean something.
  private static func prose(_ text: String) -> String {
    MarkedText(text).pieces.map { piece in
      piece.isLiteral
        ? "`\(piece.text)`"
        : piece.text.map { "\\*<".contains($0) ? "\\\($0)" : String($0) }.joined()
    }.joined()
  }
}

extension UsageLine {
  /// Without any marks.
  fileprivate var plain: String {
    pieces.map { piece in
      switch piece {
      case .literal(let word): word
      case .slot(let name): name
      case .optional(let name): "[\(name)]"
      }
    }.joined(separator: " ")
  }
}
