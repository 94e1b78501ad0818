import Engine
import Foundations

/// `mediary version`: what this build is.
///
/// Quick: nothing is opened for it.
enum VersionCommand: Command {
  static let spec = CommandSpec(
    "version", "Show the version.",
    examples: [CommandExample("mediary version --json", "Show it for a script")],
    seeAlso: ["doctor"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    try context.answer(
      [
        "name": .string(context.program.name), "version": .string(Version.number),
        "compiler": .string(Version.compiler), "architecture": .string(Version.architecture),
      ],
      or: [
        "\(context.program.name) \(Version.number) \(StyledText("(\(Version.compiler), \(Version.architecture))", .quiet))"
      ])
    return .success
  }
}
