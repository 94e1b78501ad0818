import Engine
import Foundations
import Model

/// `mediary workflow show`.
enum WorkflowShowCommand: Command {
  static let spec = CommandSpec(
    "show", "Show a workflow: its nodes in order, their joints, and the assets of each.",
    description: ["The assets of the newest execution come first."],
    arguments: [WorkflowCommands.workflow],
    examples: [
      CommandExample("mediary workflow show WORKFLOW", "See what it made"),
      CommandExample(
        "mediary workflow show WORKFLOW --json | jq -r '.nodes[].associations[].asset_id'",
        "List its assets"),
    ],
    seeAlso: ["workflow versions", "workflow execution list"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    try context.withLibrary { open in
      let report = try open.report(on: arguments[WorkflowCommands.workflow])
      try context.answer(
        .object(report.json), or: WorkflowCard(report, context.out.terminal).lines)
      context.warn(report.warnings)
      return .success
    }
  }
}
