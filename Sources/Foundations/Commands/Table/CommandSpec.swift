/// One command of a program: what it is called, takes, and says of itself.
package struct CommandSpec: Sendable {
  /// The word that is typed.
  package let name: String
  /// What it does, in one sentence that begins with a verb.
  package let summary: String
  /// More for its help, paragraph by paragraph; `backticks` mark what is typed.
  package let description: [String]
  /// The words it takes, in order.
  package let arguments: [ArgumentSpec]
  /// The options it takes; those of a command with subcommands are theirs too.
  package let options: [OptionSpec]
  /// The commands below it; a command that has some takes no arguments.
  package let subcommands: [CommandSpec]
  /// How it is used.
  package let examples: [CommandExample]
  /// Commands worth knowing beside it, as they are typed after the program's name.
  package let seeAlso: [String]
  /// Whether it is known to the parser alone.
  package let isHidden: Bool

  /// A command; only name and summary must be said.
  package init(
    _ name: String, _ summary: String, description: [String] = [],
    arguments: [any ArgumentKey] = [], options: [any OptionKey] = [],
    subcommands: [CommandSpec] = [], examples: [CommandExample] = [], seeAlso: [String] = [],
    isHidden: Bool = false
  ) {
    self.name = name
    self.summary = summary
    self.description = description
    self.arguments = arguments.map(\.spec)
    self.options = options.map(\.spec)
    self.subcommands = subcommands
    self.examples = examples
    self.seeAlso = seeAlso
    self.isHidden = isHidden
  }
}

/// A command line that works, and what it is good for.
package struct CommandExample: Sendable {
  /// As it is typed, with the program's name.
  package let command: String
  /// What it does, in a few words without a full stop.
  package let summary: String

  /// An example.
  package init(_ command: String, _ summary: String) {
    self.command = command
    self.summary = summary
  }
}
