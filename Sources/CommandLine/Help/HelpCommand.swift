import Foundations

/// `mediary help`: the help of any command.
enum HelpCommand: Command {
  private static let topic = Argument(
    "COMMAND", .command, "The command to explain; its name may have several words."
  ).many(atLeast: 0)

  static let spec = CommandSpec(
    "help", "Explain a command.", arguments: [topic],
    examples: [CommandExample("mediary help config show", "Explain a command below another")])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    let place = try context.program.topic(arguments[topic])
    try context.out.write(context.program.help(for: place, width: context.out.terminal.width))
    return .success
  }
}
