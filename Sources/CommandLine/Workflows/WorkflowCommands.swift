import Engine
import Foundations
import Library
import Model

/// `mediary workflow`: the graphs that make media, and what came of them.
enum WorkflowCommands {
  static let group = CommandSpec(
    "workflow", "Keep the graphs that make media: versions, executions, assets by node.",
    description: [
      "A definition is JSON with `nodes`, which have ids of their own, and `connections` such as "
        + "`node1-output-0` to `node2-input-0`. It is checked before it is kept; types of nodes that are not known are "
        + "kept with a warning. Each changed definition is a version."
    ])

  static let rows: [CommandTable.Row] = [
    .command(WorkflowCreateCommand.self), .command(WorkflowShowCommand.self),
    .command(WorkflowListCommand.self), .command(WorkflowUpdateCommand.self),
    .command(WorkflowSaveCommand.self), .command(WorkflowDeleteCommand.self),
    .command(WorkflowArchiveCommand.self), .command(WorkflowVersionsCommand.self),
    .command(WorkflowAssociateCommand.self),
    .group(ExecutionCommands.group, ExecutionCommands.all),
    .command(WorkflowExportCommand.self), .command(WorkflowImportCommand.self),
  ]

  static let workflow = Argument("WORKFLOW", .id(WorkflowID.self), "The id of a workflow.")

  static let definition = Option(
    "definition", .text, "The graph: JSON, @ and a file with it, or - for standard input.",
    placeholder: GivenText.jsonPlaceholder)

  /// The definition that was typed, if one was.
  static func definition(_ arguments: ParsedArguments, _ context: CommandContext) throws
    -> JSONValue?
  {
    guard let given = arguments[definition] else { return .none }
    return try GivenText.json(given, for: definition, context)
  }

  /// Shows a workflow after a change, and tells what is strange about it.
  static func show(
    _ kept: Workflows.Kept, did what: String, _ context: CommandContext
  ) throws {
    var object = kept.workflow.json.object ?? JSONObject()
    object["warnings"] = .array(kept.warnings.map { .string($0) })
    try context.answer(.object(object), or: [line(kept.workflow, did: what)])
    context.warn(kept.warnings)
  }

  /// What was done to a workflow, on a line.
  static func line(
    _ workflow: Workflow, did what: String, _ style: TextStyle = .good
  ) -> StyledText {
    StyledText(what, style) + "  \(workflow.id.text, .strong)  "
      + .dotted([
        StyledText(workflow.name), StyledText(workflow.status.rawValue),
        StyledText("version \(workflow.version)"),
      ])
  }
}
