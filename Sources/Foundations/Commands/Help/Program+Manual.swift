extension Program {
  /// The manual page (`man 1`), all commands on one page, in the language of `man`.
  package func manualPage() -> String { ManualWriter(self).page() }
}

private struct ManualWriter {
  private let program: Program
  private var roff = Roff()

  init(_ program: Program) { self.program = program }

  consuming func page() -> String {
    // Neither a date nor a host name: the page of a version is always the same.
    roff.comment("Made from the table of commands; do not edit.")
    roff.request(
      "TH", program.name.uppercased(), "1", "", "\(program.name) \(program.version)",
      "User Commands")
    // Neither hyphens nor stretched spaces: names of options and variables stay as they are typed.
    roff.request("nh")
    roff.request("ad", "l")
    roff.request("SH", "NAME")
    roff.line(
      "\(Roff.escaped(program.name)) \\- \(Roff.prose(Self.withoutStop(program.summary)))")
    roff.request("SH", "SYNOPSIS")
    for usage in UsageLine.lines(of: program.root, in: program) { write(usage) }
    roff.request("SH", "DESCRIPTION")
    for paragraph in program.description { roff.paragraph(paragraph) }
    writeOverview()
    writeOptions(program.options.byCategory, heading: "SH")
    writeCommands()
    writeEnvironment()
    writeExitStatus()
    for note in program.notes {
      roff.request("SH", note.title.uppercased())
      for paragraph in note.paragraphs { roff.paragraph(paragraph) }
    }
    return roff.text
  }

  private static func withoutStop(_ sentence: String) -> String {
    sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
  }

  private mutating func write(_ usage: UsageLine) {
    roff.request("PP")
    let pieces = usage.pieces.map { piece in
      switch piece {
      case .literal(let word): Roff.bold(word)
      case .slot(let name): Roff.italic(name)
      case .optional(let name): "[\(Roff.italic(name))]"
      }
    }
    roff.line(pieces.joined(separator: " "))
  }

  private mutating func writeOverview() {
    for group in program.groups {
      let visible = group.commands.filter { !$0.isHidden }
      guard !visible.isEmpty else { continue }
      roff.request("SS", group.title)
      for command in visible {
        roff.entry(Roff.bold(command.name), Roff.prose(command.summary))
      }
    }
  }

  private mutating func writeCommands() {
    roff.request("SH", "COMMANDS")
    for place in program.places() {
      guard let command = place.command else { continue }
      roff.request("SS", place.typed(in: program))
      roff.line(Roff.prose(command.summary))
      for usage in UsageLine.lines(of: place, in: program) { write(usage) }
      for paragraph in command.description { roff.paragraph(paragraph) }
      for argument in command.arguments {
        roff.entry(
          Roff.italic(argument.name) + (argument.isMany ? "..." : ""),
          Roff.prose(argument.summary) + Self.list(argument.form.choices.map(\.word)))
      }
      writeOptions(place.command?.options.byCategory ?? [], heading: nil)
      for example in command.examples {
        roff.paragraph(example.summary + ":")
        roff.verbatim(["    $ \(example.command)"])
      }
      if !command.seeAlso.isEmpty {
        let others = command.seeAlso.map { "`\(program.name) \($0)`" }.joined(separator: ", ")
        roff.paragraph("See also \(others).")
      }
    }
  }

  private static func list(_ words: [String]) -> String {
    words.isEmpty ? "" : " One of " + words.map(Roff.bold).joined(separator: ", ") + "."
  }

  private mutating func writeOptions(
    _ groups: [(category: String, options: [OptionSpec])], heading: String?
  ) {
    for group in groups {
      if let heading { roff.request(heading, group.category.uppercased()) }
      for option in group.options { write(option) }
    }
  }

  private mutating func write(_ option: OptionSpec) {
    var term = option.short.map { Roff.bold("-\($0)") + ", " } ?? ""
    term += Roff.bold(option.shownFlag)
    if option.form != nil { term += " " + Roff.italic(option.shownPlaceholder) }
    roff.entry(term, Roff.prose(option.summary))
    for detail in option.details {
      roff.request("IP")
      roff.line(Roff.prose(detail))
    }
    let choices = option.explainedChoices.map {
      "\(Roff.bold($0.word)) (\(Roff.prose($0.summary)))"
    }
    if !choices.isEmpty { roff.line("One of " + choices.joined(separator: ", ") + ".") }
    if !option.facts.isEmpty {
      roff.line("[" + Roff.escaped(option.facts.joined(separator: "; ")) + "]")
    }
  }

  private mutating func writeEnvironment() {
    let all = program.options + program.places().flatMap { $0.command?.options ?? [] }
    var seen: Set<String> = []
    let named = all.filter { option in
      option.environment.map { !option.isHidden && seen.insert($0).inserted } ?? false
    }
    guard !named.isEmpty else { return }
    roff.request("SH", "ENVIRONMENT")
    for option in named {
      roff.entry(
        Roff.bold(option.environment ?? ""),
        "The same as \(Roff.bold(option.flag)), which goes before it.")
    }
    roff.entry(
      Roff.bold("NO_COLOR"), "No colours, where \(Roff.bold("--color")) does not say otherwise.")
  }

  private mutating func writeExitStatus() {
    roff.request("SH", "EXIT STATUS")
    for (status, meaning) in ExitStatus.table { roff.entry(Roff.bold("\(status)"), meaning) }
  }
}
