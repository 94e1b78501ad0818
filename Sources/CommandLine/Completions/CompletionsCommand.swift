import Foundations

/// `mediary completions`: what Tab does, for three shells.
enum CompletionsCommand: Command {
  private static let shell = Argument("SHELL", .choice(of: Shell.self), "The shell.")

  static let spec = CommandSpec(
    "completions", "Print the completions of a shell: bash, zsh or fish.", arguments: [shell],
    examples: [
      CommandExample("source <(mediary completions bash)", "Have them in this bash"),
      CommandExample(
        "mediary completions zsh > ~/.zfunc/_mediary",
        "Have them in every zsh whose fpath holds ~/.zfunc"),
      CommandExample(
        "mediary completions fish > ~/.config/fish/completions/mediary.fish",
        "Have them in every fish"),
    ])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    try context.out.write(bytes: Array(context.program.completions(for: arguments[shell]).utf8))
    return .success
  }
}
