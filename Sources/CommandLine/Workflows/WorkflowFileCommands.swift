import Engine
import Foundations
import Library
import Model

/// `mediary workflow export`.
enum WorkflowExportCommand: Command {
  private static let output = Option(
    "output", .path(.file), "The file to write; standard output unless given.", short: "o")
  private static let force = Option.flag("force", "Replace a file that stands there.")

  static let spec = CommandSpec(
    "export", "Write a workflow as a file, to be imported here or elsewhere.",
    arguments: [WorkflowCommands.workflow], options: [output, force],
    examples: [
      CommandExample("mediary workflow export WORKFLOW -o trailer.json", "Write a file"),
      CommandExample(
        "mediary workflow export WORKFLOW | mediary workflow import - --home other",
        "Copy it into another library"),
    ],
    seeAlso: ["workflow import"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    let id = arguments[WorkflowCommands.workflow]
    return try context.withLibrary { open in
      let json = try open.library.workflows.export(id)
      guard let path = arguments[output], path != "-" else {
        try context.out.write(data: json.text(context.isJSON ? .compact : .indented))
        return .success
      }
      try write(json.text(.indented) + "\n", to: path, replacing: arguments[force])
      try context.answer(
        ["workflow_id": .string(id.text), "path": .string(path.text)],
        or: ["Wrote \(path, .strong)."])
      return .success
    }
  }

  private static func write(
    _ text: String, to path: FilePath, replacing: Bool
  ) throws(FileFailure) {
    if replacing { return try AtomicFile.replace(path, with: text.utf8) }
    do {
      try AtomicFile.create(path, with: text.utf8)
    } catch {
      guard error.code == .fileExists else { throw error }
      throw FileFailure(
        .fileExists, "\(path) stands there already and was left as it is",
        hint: "name another file, or give --force to replace it", cause: error)
    }
  }
}

/// `mediary workflow import`.
enum WorkflowImportCommand: Command {
  private static let file = Argument(
    "FILE", .path(.file), "An exported workflow, or a bare definition; - for standard input.")
  private static let name = Option(
    "name", .text, "What it is called.", placeholder: "NAME", defaultText: "what the file says")
  private static let keepID = Option.flag(
    "keep-id", "Give it the id that the file says; a conflict where that is taken.")

  static let spec = CommandSpec(
    "import", "Keep a workflow of a file, under an id of its own.",
    description: [
      "Takes what `workflow export` wrote, a row of another MediaManager's table, or a bare definition."
    ],
    arguments: [file], options: [name, keepID],
    examples: [
      CommandExample("mediary workflow import trailer.json", "Take in a file"),
      CommandExample(
        "mediary workflow import graph.json --name Trailer", "Take in a bare definition"),
    ],
    seeAlso: ["workflow export"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    let path = arguments[file]
    let bytes = try GivenText.bytes(of: path, context)
    let json: JSONValue
    do {
      json = try JSONReader.read(bytes)
    } catch {
      throw ModelFailure(
        .modelBadWorkflow, "\(path) is no workflow: \(error.message)", cause: error)
    }
    return try context.withLibrary(.makes) { open in
      let kept = try open.library.workflows.import(
        json, name: arguments[name], keepsID: arguments[keepID])
      try WorkflowCommands.show(kept, did: "imported", context)
      return .success
    }
  }
}
