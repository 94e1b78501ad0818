import Engine
import Foundations
import Model
import Runs

/// `mediary run add`.
enum RunAddCommand: Command {
  private static let files = Argument(
    "FILE", .path(.file), "A file, a `data:` URI, or - for standard input."
  ).many()
  private static let config = Option(
    "config", .text, "The configuration that made it, such as a model's name.",
    placeholder: "NAME")
  private static let backend = Option(
    "backend", .text, "The program or service that made it.", placeholder: "NAME")
  private static let type = Option(
    "type", .text, "What it is, such as `image`, `music` or `video`.", placeholder: "TYPE",
    defaultText: "what its bytes are")
  private static let seed = Option("seed", .text, "The seed it was made with.", placeholder: "N")
  private static let node = Option(
    "node", .text, "The node of the workflow it came from.", placeholder: "NODE")
  private static let set = Option(
    "set", .text, "Further fields of its record: a JSON object.",
    placeholder: GivenText.jsonPlaceholder)

  static let spec = CommandSpec(
    "add", "Add outputs to a run: `output_<type>.<ext>`, and `output_<type>_2.<ext>` next.",
    description: [
      "The bytes decide what an output is and which extension it gets, never its name. A web page where a "
        + "picture should be is refused, and so is an empty file.",
      "The content is in the library too, as an asset that was generated: what its file tells of how it was made is "
        + "kept, or else the run's prompt with `--backend`, `--config` and `--seed`.",
      "Files that fail are told one by one on standard error, and the others go on.",
    ],
    arguments: [RunCommands.run, files], options: [config, backend, type, seed, node, set],
    examples: [
      CommandExample("mediary run add RUN lighthouse.png --config sdxl", "Add a picture"),
      CommandExample(
        "mediary run add RUN frames/*.png --config sdxl --backend comfyui --json",
        "Add many, a line of JSON each"),
      CommandExample(
        "curl -s https://example.org/clip.mp4 | mediary run add RUN - --config veo",
        "Add what comes by standard input"),
    ],
    seeAlso: ["run note", "library add"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    var about = OutputDetails(
      type: arguments[type], config: arguments[config], backend: arguments[backend])
    about.seed = arguments[seed]
    about.node = arguments[node]
    if let given = arguments[set] { about.extra = try GivenText.object(given, for: set, context) }
    let details = about
    let files = arguments[files]
    return try context.withLibrary { open in
      let adding = try AddToRun(arguments[RunCommands.run], details, in: open)
      return try context.each(files, named: { shown($0) }) { file in
        let output = try adding.add(file, stop: context.stop)
        try context.answer(output.json, or: [line(output)])
      }
    }
  }

  /// A name for messages: not the whole of a data URI.
  private static func shown(_ file: FilePath) -> String {
    file.text.hasPrefix("data:") ? "data:" : Redaction.standard.text(file.text)
  }

  private static func line(_ output: RunOutput) -> StyledText {
    var facts = [StyledText(OutputText.extent(output.details))]
    if let size = output.details["file_size_bytes"]?.int {
      facts.append(StyledText(HumanText.bytes(Int64(size))))
    }
    if let asset = output.asset { facts.append(StyledText("asset \(asset)", .quiet)) }
    return "\(output.filename, .strong)  " + .dotted(facts)
  }
}
