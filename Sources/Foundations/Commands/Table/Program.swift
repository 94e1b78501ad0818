/// The whole table: a program's commands and options, from which the parser, the help, the manual
/// page, the completions and the reference are all made.
package struct Program: Sendable {
  /// The word that is typed.
  package let name: String
  /// The version, as `--version` prints it.
  package let version: String
  /// What it is, in one sentence.
  package let summary: String
  /// More for the manual, paragraph by paragraph.
  package let description: [String]
  /// The options that every command takes; help and version are among them.
  package let options: [OptionSpec]
  /// The commands, under headings.
  package let groups: [CommandGroup]
  /// Further sections of the manual.
  package let notes: [Note]

  /// Commands under a heading.
  package struct CommandGroup: Sendable {
    /// The heading, without a colon.
    package let title: String
    /// The commands, in the order shown.
    package let commands: [CommandSpec]

    /// A group.
    package init(_ title: String, _ commands: [CommandSpec]) {
      self.title = title
      self.commands = commands
    }
  }

  /// A section of the manual that no table tells.
  package struct Note: Sendable {
    /// The heading.
    package let title: String
    /// The text, paragraph by paragraph; `backticks` mark what is typed.
    package let paragraphs: [String]

    /// A section.
    package init(_ title: String, _ paragraphs: [String]) {
      self.title = title
      self.paragraphs = paragraphs
    }
  }

  /// The flag that shows help instead of doing anything; every program has it.
  package static let help = Option.flag(
    "help", "Show this help and end.", short: "h", category: globalCategory)

  /// The flag that shows the version instead of doing anything; every program has it.
  package static let versionFlag = Option.flag(
    "version", "Show the version and end.", short: "V", category: globalCategory)

  /// The heading of the options that every command takes.
  package static let globalCategory = "Global options"

  /// A program; a table that contradicts itself is a defect and ends the process.
  package init(
    name: String, version: String, summary: String, description: [String] = [],
    options: [any OptionKey] = [], groups: [CommandGroup], notes: [Note] = []
  ) {
    self.name = name
    self.version = version
    self.summary = summary
    self.description = description
    self.options = (options + [Self.help, Self.versionFlag]).map(\.spec)
    self.groups = groups
    self.notes = notes
    let mistakes = TableCheck(self).mistakes
    // Not a precondition, whose words are left out of a release build.
    if !mistakes.isEmpty { fatalError(mistakes.joined(separator: "\n")) }
  }

  /// All commands of the first level.
  package var commands: [CommandSpec] { groups.flatMap(\.commands) }

  /// The program itself, as the place where every command line begins.
  package var root: CommandPlace { CommandPlace(path: [], command: nil, inherited: []) }

  /// The places below one; hidden ones only where asked for.
  package func children(of place: CommandPlace, withHidden: Bool = false) -> [CommandPlace] {
    let commands = place.command?.subcommands ?? self.commands
    return commands.filter { withHidden || !$0.isHidden }.map { command in
      CommandPlace(
        path: place.path + [command.name], command: command,
        inherited: place.inherited + (place.command?.options ?? []))
    }
  }

  /// Every visible place below one, each before those below it.
  package func places(below place: CommandPlace? = nil) -> [CommandPlace] {
    children(of: place ?? root).flatMap { [$0] + places(below: $0) }
  }

  /// The place a path of names leads to, hidden ones too.
  package func place(at path: [String]) -> CommandPlace? {
    var place = root
    for name in path {
      let children = children(of: place, withHidden: true)
      guard let next = children.first(where: { $0.path.last == name }) else { return nil }
      place = next
    }
    return place
  }
}

/// A command where it stands in its program.
package struct CommandPlace: Sendable {
  /// The names that lead to it; empty for the program itself.
  package let path: [String]
  /// The command; nil for the program itself.
  package let command: CommandSpec?
  /// The options of the commands above it.
  let inherited: [OptionSpec]

  /// Its own options and those of the commands above it, without the global ones.
  package var options: [OptionSpec] { (command?.options ?? []) + inherited }

  /// As it is typed: `mediary write video`.
  func typed(in program: Program) -> String {
    ([program.name] + path).joined(separator: " ")
  }
}
