import Engine
import Foundations

/// `mediary doctor`: whether everything is there that Mediary stands on.
enum DoctorCommand: Command {
  static let spec = CommandSpec(
    "doctor", "Check every library, codec, folder and limit Mediary needs.",
    description: [
      "Shows what was found beside what is needed, and for what is missing what to do, or what works "
        + "without it. Ends with status 1 when something is missing that Mediary cannot do without."
    ],
    examples: [
      CommandExample("mediary doctor", "Check this installation"),
      CommandExample(
        "mediary doctor --json | jq '.checks[] | select(.ok | not)'", "List what is missing"),
    ],
    seeAlso: ["config check"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    let configuration = try context.configuration()
    let checks = try Doctor(
      home: configuration[MediarySettings.home],
      temporaryFolder: configuration[MediarySettings.temporaryFolder],
      hardware: configuration[MediarySettings.hardwareAcceleration].rawValue,
      tools: ExternalTools(configuration, environment: context.environment)
    ).checks()
    let isFit = checks.allSatisfy { $0.isOK || !$0.isRequired }
    try context.answer(
      [
        "ok": .bool(isFit), "version": .string(Version.number),
        "checks": .array(checks.map(\.json)),
      ],
      or: DoctorText(checks, terminal: context.out.terminal).lines)
    return isFit ? .success : .findings
  }
}
