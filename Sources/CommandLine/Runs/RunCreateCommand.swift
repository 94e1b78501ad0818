import Engine
import Foundations
import Model
import Runs

/// `mediary run create`.
enum RunCreateCommand: Command {
  private static let schema = Option(
    "schema", .text, "What kind of run it is: the name of its pipeline.", placeholder: "NAME"
  ).required()
  private static let mode = Option(
    "mode", .choice(of: ExecutionMode.self), "Where its stages are carried out.",
    details: [
      "`eco` is this machine, `fast` the cloud, and `ultra` the best that the cloud has."
    ]
  ).required()
  private static let inputText = Option(
    "input-text", .textOrEmpty,
    "What the user wrote: the text, @ and a file with it, or - for standard input.",
    placeholder: GivenText.placeholder
  ).required()
  private static let user = Option("user", .text, "Whose run it is.", placeholder: "NAME")
  private static let id = Option(
    "id", .id(RunID.self), "The id it is to have; a new one unless given.")
  private static let expected = Option(
    "expect", .text, "A type of output that is to come, such as `image`.", placeholder: "TYPE"
  ).repeated()
  private static let set = Option(
    "set", .text, "Further fields of its metadata: a JSON object.",
    placeholder: GivenText.jsonPlaceholder)

  static let spec = CommandSpec(
    "create", "Begin a run: its folder with the input text and metadata.json.",
    description: [
      "Makes the library too where there is none. Fields whose name begins with `_` are never written."
    ],
    options: [schema, mode, inputText, user, id, expected, set],
    examples: [
      CommandExample(
        #"mediary run create --schema story --mode eco --input-text "a lighthouse at dusk""#,
        "Begin a run"),
      CommandExample(
        "mediary run create --schema story --mode eco --input-text @prompt.txt --json | jq -r .run_id",
        "Begin one of a file's text, for a script"),
    ],
    seeAlso: ["run add", "run update"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    var new = NewRun(
      schema: arguments[schema], mode: arguments[mode],
      inputText: try GivenText.text(arguments[inputText], context), user: arguments[user])
    new.id = arguments[id]
    new.expectedOutputs = arguments[expected]
    if let given = arguments[set] { new.extra = try GivenText.object(given, for: set, context) }
    let wanted = new
    return try context.withLibrary(.makes) { open in
      let run = try open.runs.create(wanted)
      let report = try open.report(on: run.id)
      try context.answer(
        .object(report.json), or: ["\(run.id.text, .strong)  in \(report.path)"])
      return .success
    }
  }
}
