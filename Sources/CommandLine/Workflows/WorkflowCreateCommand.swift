import Engine
import Foundations
import Library
import Model

/// `mediary workflow create`.
enum WorkflowCreateCommand: Command {
  private static let name = Option(
    "name", .text, "What it is called.", placeholder: "NAME"
  ).required()
  private static let description = Option(
    "description", .textOrEmpty, "What it is for: the text, @ and a file with it, or -.",
    placeholder: GivenText.placeholder)
  private static let status = Option(
    "status", .choice(of: Workflow.Status.self), "Whether it is still being drawn."
  ).default(.draft, shownAs: "draft")
  private static let template = Option.flag("template", "One to make others of.")
  private static let from = Option(
    "from", .id(WorkflowID.self), "Make it of this workflow's definition.",
    placeholder: "WORKFLOW")
  private static let id = Option(
    "id", .id(WorkflowID.self), "The id it is to have; a new one unless given.")

  static let spec = CommandSpec(
    "create", "Keep a new workflow, checked, as its version 1.",
    description: [
      "Without a definition it is empty. Refused are an id used twice, a connection whose end belongs to no node or "
        + "has no such port, and a circle; all that is wrong is told at once."
    ],
    options: [name, WorkflowCommands.definition, description, status, template, from, id],
    examples: [
      CommandExample(
        "mediary workflow create --name Trailer --definition @trailer.json", "Keep a graph"),
      CommandExample(
        "mediary workflow create --name Monday --from TEMPLATE", "Begin with a template's graph"),
    ],
    seeAlso: ["workflow update", "workflow import"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    let given = try WorkflowCommands.definition(arguments, context)
    if given != nil, arguments[from] != nil {
      throw UsageFailure.conflict(WorkflowCommands.definition, from)
    }
    let text = try arguments[description].map { try GivenText.text($0, context) }
    return try context.withLibrary(.makes) { open in
      let source = try arguments[from].map { try open.library.workflows.show($0) }
      let kept = try open.library.workflows.create(
        name: arguments[name], description: text ?? source?.description,
        definition: given ?? source?.definition ?? ["nodes": [], "connections": []],
        status: arguments[status], id: arguments[id], isTemplate: arguments[template])
      try WorkflowCommands.show(kept, did: "created", context)
      return .success
    }
  }
}
