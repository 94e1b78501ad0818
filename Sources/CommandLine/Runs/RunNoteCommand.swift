import Engine
import Foundations
import Model
import Runs

/// `mediary run note`.
enum RunNoteCommand: Command {
  private static let type = Option(
    "type", .text, "What it is, such as `translation` or `workflow`.", placeholder: "TYPE"
  ).required()
  private static let text = Option(
    "text", .textOrEmpty, "The text, @ and a file with it, or - for standard input.",
    placeholder: GivenText.placeholder)
  private static let file = Option(
    "file", .path(.file), "A file, byte for byte; - for standard input.")
  private static let name = Option(
    "name", .text, "What it is called in the run's folder.", placeholder: "NAME",
    defaultText: "its type")
  private static let set = Option(
    "set", .text, "What else is known of it: a JSON object.",
    placeholder: GivenText.jsonPlaceholder)

  static let spec = CommandSpec(
    "note", "Put a text or another file beside a run's outputs.",
    description: [
      "For the texts of stages, for JSON, for the workflow: up to 64 MiB each, and no assets of the library. A name "
        + "that is taken gets a number."
    ],
    arguments: [RunCommands.run], options: [type, text, file, name, set],
    examples: [
      CommandExample(
        #"mediary run note RUN --type translation --text "ein Leuchtturm""#, "Keep a stage's text"),
      CommandExample(
        "mediary run note RUN --type workflow --file graph.json --name workflow.json",
        "Keep the workflow"),
    ],
    seeAlso: ["run add"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    let metadata =
      try arguments[set].map { try GivenText.object($0, for: set, context) } ?? JSONObject()
    let bytes = try content(arguments, context)
    let type = arguments[type]
    let name = arguments[name] ?? (arguments[text] == nil ? nil : "\(type).txt")
    return try context.withLibrary { open in
      let run = arguments[RunCommands.run]
      let entity = try open.runs.addEntity(
        bytes, type: type, name: name, metadata: metadata, to: run)
      try context.answer(
        entity.json(of: run),
        or: [
          "\(entity.filename, .strong)  "
            + .dotted([StyledText(entity.type), StyledText(HumanText.bytes(Int64(bytes.count)))])
        ])
      return .success
    }
  }

  private static func content(_ arguments: ParsedArguments, _ context: CommandContext) throws
    -> [UInt8]
  {
    switch (arguments[text], arguments[file]) {
    case (let given?, nil): Array(try GivenText.text(given, context).utf8)
    case (nil, let path?): try GivenText.bytes(of: path, context)
    case (_?, _?): throw UsageFailure.conflict(text, file)
    case (nil, nil):
      throw UsageFailure(
        .usageMissingOption, "'mediary run note' needs '--text' or '--file'",
        hint: "see 'mediary run note --help'")
    }
  }
}
