import Engine
import Foundations
import Library
import Model

/// `mediary workflow associate`.
enum WorkflowAssociateCommand: Command {
  private static let node = Option(
    "node", .text, "The node's id in the definition.", placeholder: "NODE"
  ).required()
  private static let nodeType = Option(
    "node-type", .text, "The node's type.", placeholder: "TYPE",
    defaultText: "what the definition says")
  private static let role = Option(
    "role", .choice(of: Association.Role.self), "What the asset was to the node.",
    placeholder: "ROLE"
  ).default(.output, shownAs: "output")
  private static let execution = Option(
    "execution", .id(ExecutionID.self), "In which execution of the workflow.")

  static let spec = CommandSpec(
    "associate", "Say that an asset went into or came out of a node.",
    description: [
      "Adds, and overwrites nothing: another execution of the same node has associations of its own. What does not "
        + "exist cannot be associated."
    ],
    arguments: [WorkflowCommands.workflow, LibraryCommands.asset],
    options: [node, nodeType, role, execution],
    examples: [
      CommandExample(
        "mediary workflow associate WORKFLOW ASSET --node video1 --execution EXECUTION",
        "Keep what an execution made")
    ],
    seeAlso: ["workflow show", "workflow execution start"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    try context.withLibrary { open in
      let asset = try open.asset(named: arguments[LibraryCommands.asset])
      let association = try open.library.workflows.associate(
        asset.id, with: arguments[WorkflowCommands.workflow], node: arguments[node],
        nodeType: arguments[nodeType], role: arguments[role], execution: arguments[execution])
      try context.answer(
        association.json,
        or: [
          "\("associated", .good)  \(association.asset.text)  "
            + "\(association.role.rawValue) of \(association.node, .strong)"
        ])
      return .success
    }
  }
}
