import Engine
import Foundations
import Model
import Runs

/// `mediary run update`.
enum RunUpdateCommand: Command {
  private static let transformed = Option(
    "transformed-text", .textOrEmpty,
    "The text after its transformation: the text, @ and a file with it, or - for standard input.",
    placeholder: GivenText.placeholder)
  private static let state = Option(
    "state", .choice(of: RunState.Status.self), "Where it stands.", placeholder: "STATE")
  private static let stage = Option("stage", .text, "The stage it is at.", placeholder: "NAME")
  private static let step = Option(
    "step", .text, "The step of the stage it is at.", placeholder: "NAME")
  private static let error = Option(
    "error", .textOrEmpty, "What went wrong: the text, @ and a file with it, or -.",
    placeholder: GivenText.placeholder)
  private static let expected = Option(
    "expect", .text, "A type of output that is to come; those given take the place of all before.",
    placeholder: "TYPE"
  ).repeated()

  static let spec = CommandSpec(
    "update", "Say where a run stands, and what became of its text.",
    arguments: [RunCommands.run], options: [transformed, state, stage, step, error, expected],
    examples: [
      CommandExample(
        #"mediary run update RUN --transformed-text "a lighthouse, after Monet" --stage media"#,
        "Keep the transformed prompt"),
      CommandExample("mediary run update RUN --state complete", "Say that it is done"),
      CommandExample(
        #"mediary run update RUN --state failed --error "the server went away""#,
        "Say that it failed"),
    ],
    seeAlso: ["run show"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    var change = RunStateChange(
      arguments[state], stage: arguments[stage], step: arguments[step])
    if arguments.isGiven(expected) { change.expectedOutputs = arguments[expected] }
    change.error = try arguments[error].map { try GivenText.text($0, context) }
    let text = try arguments[transformed].map { try GivenText.text($0, context) }
    let ofState: [any OptionKey] = [state, stage, step, error, expected]
    let changesState = ofState.contains { arguments.isGiven($0) }
    guard changesState || text != nil else {
      throw UsageFailure(
        .usageMissingOption, "'mediary run update' was told no change",
        hint: "see 'mediary run update --help'")
    }
    let wanted = change
    return try context.withLibrary { open in
      let id = arguments[RunCommands.run]
      if let text { _ = try open.runs.setTransformedText(text, of: id) }
      if changesState { _ = try open.runs.setState(wanted, of: id) }
      try RunCommands.show(id, in: open, did: "updated", context)
      return .success
    }
  }
}
