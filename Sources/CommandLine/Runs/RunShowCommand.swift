import Engine
import Foundations
import Model
import Runs

/// `mediary run show`.
enum RunShowCommand: Command {
  static let spec = CommandSpec(
    "show", "Show all that is known of a run, be it in the trash or archived.",
    arguments: [RunCommands.run],
    examples: [
      CommandExample("mediary run show RUN", "See what it made"),
      CommandExample(
        "mediary run show RUN --json | jq -r '.outputs[].filename'", "List its outputs' files"),
    ],
    seeAlso: ["run list"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    try context.withLibrary { open in
      let report = try open.report(on: arguments[RunCommands.run])
      try context.answer(
        .object(report.json), or: RunCard(report, context.out.terminal).lines)
      return .success
    }
  }
}
