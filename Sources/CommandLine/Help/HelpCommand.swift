import Foundations

/// `mediary help`: the help of any command.
enum HelpCommand: Command {
  private static let topic = Argument(
    "COMMAND", .command, "The command to explain; its name may have several words."
  ).many(atLeast: 0)

  static let spec = CommandSpec(
    "help", "Explain a command.", arguments: [topic], options: [manual, markdown],
    examples: [
      CommandExample("mediary help config show", "Explain a command below another"),
      CommandExample("mediary help --man > mediary.1 && man ./mediary.1", "Read the manual page"),
    ])

  private static let manual = Option.flag("man", "Print the manual page of all commands.")
  private static let markdown = Option.flag("markdown", "Print the reference of all commands.")

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    if arguments[manual] {
      try context.out.write(bytes: Array(context.program.manualPage().utf8))
      return .success
    }
    if arguments[markdown] {
      try context.out.write(bytes: Array(context.program.markdownReference().utf8))
      return .success
    }
    let place = try context.program.topic(arguments[topic])
    try context.out.write(context.program.help(for: place, width: context.out.terminal.width))
    return .success
  }
}
