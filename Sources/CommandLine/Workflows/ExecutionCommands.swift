import Engine
import Foundations
import Library
import Model

/// `mediary workflow execution`: the times that a workflow was run.
enum ExecutionCommands {
  static let group = CommandSpec(
    "execution", "Keep when a workflow was run, and how that ended.",
    description: ["For programs that run workflows themselves."])

  static let all: [any Command.Type] = [
    ExecutionStartCommand.self, ExecutionFinishCommand.self, ExecutionListCommand.self,
  ]

  static let data = Option(
    "data", .text, "What else is known of it: a JSON object.",
    placeholder: GivenText.jsonPlaceholder)

  /// What else is known of it, as it was typed.
  static func data(_ arguments: ParsedArguments, _ context: CommandContext) throws -> JSONObject {
    try arguments[data].map { try GivenText.object($0, for: data, context) } ?? JSONObject()
  }

  /// Shows an execution after a change.
  static func show(_ execution: Execution, _ context: CommandContext) throws {
    try context.answer(
      execution.json, or: [execution.status.shown + "  \(execution.id.text, .strong)"])
  }
}

/// `mediary workflow execution start`.
enum ExecutionStartCommand: Command {
  private static let id = Option(
    "id", .id(ExecutionID.self), "The id it is to have; a new one unless given.")

  static let spec = CommandSpec(
    "start", "Say that a workflow is being run.", arguments: [WorkflowCommands.workflow],
    options: [id, ExecutionCommands.data],
    examples: [
      CommandExample(
        "mediary workflow execution start WORKFLOW --json | jq -r .execution_id",
        "Begin one, for a script")
    ],
    seeAlso: ["workflow execution finish", "workflow associate"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    let data = try ExecutionCommands.data(arguments, context)
    return try context.withLibrary { open in
      let execution = try open.library.workflows.start(
        arguments[WorkflowCommands.workflow], id: arguments[id], data: data)
      try ExecutionCommands.show(execution, context)
      return .success
    }
  }
}

/// `mediary workflow execution finish`.
enum ExecutionFinishCommand: Command {
  /// How an execution can end.
  private enum Ending: String, CaseIterable, Sendable {
    case completed, failed, cancelled

    var status: Execution.Status {
      switch self {
      case .completed: .completed
      case .failed: .failed
      case .cancelled: .cancelled
      }
    }
  }

  private static let execution = Argument(
    "EXECUTION", .id(ExecutionID.self), "The id of an execution.")
  private static let status = Option(
    "status", .choice(of: Ending.self), "How it ended.", placeholder: "STATUS",
    defaultText: "completed, or failed with --error")
  private static let error = Option(
    "error", .text, "What went wrong: the text, @ and a file with it, or -.",
    placeholder: GivenText.placeholder)

  static let spec = CommandSpec(
    "finish", "Say how an execution ended.",
    description: [
      "What has ended stays as it is: another ending is a conflict. Members of `--data` are added to those that are "
        + "there."
    ],
    arguments: [execution], options: [status, error, ExecutionCommands.data],
    examples: [
      CommandExample(
        #"mediary workflow execution finish EXECUTION --error "out of memory""#,
        "Say that it failed")
    ],
    seeAlso: ["workflow execution start"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    let data = try ExecutionCommands.data(arguments, context)
    let error = try arguments[error].map { try GivenText.text($0, context) }
    let ending = arguments[status] ?? (error == nil ? .completed : .failed)
    return try context.withLibrary { open in
      let execution = try open.library.workflows.update(
        arguments[execution], status: ending.status, error: error, data: data)
      try ExecutionCommands.show(execution, context)
      return .success
    }
  }
}

/// `mediary workflow execution list`.
enum ExecutionListCommand: Command {
  static let spec = CommandSpec(
    "list", "List a workflow's executions, the newest first.",
    arguments: [WorkflowCommands.workflow], options: PageOptions.all,
    seeAlso: ["workflow show"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    let place = try PageOptions.place(arguments)
    return try context.withLibrary { open in
      let page = try open.library.workflows.executions(
        of: arguments[WorkflowCommands.workflow], after: place,
        atMost: arguments[PageOptions.limit])
      try context.answer(page.json { $0.json }, or: lines(page.items, context.out.terminal))
      if page.items.isEmpty { context.say("\("no executions", .quiet)") }
      PageOptions.sayMore(page, context)
      return .success
    }
  }

  private static func lines(_ executions: [Execution], _ terminal: Terminal) -> [StyledText] {
    guard !executions.isEmpty else { return [] }
    let isWide = !terminal.isInteractive || terminal.width >= 80
    var columns = [TextTable.Column("Execution"), TextTable.Column("Status")]
    if isWide { columns.append(TextTable.Column("Started (UTC)")) }
    columns.append(TextTable.Column("Took", .trailing, minimum: 5))
    if isWide { columns.append(TextTable.Column("Error", shrinkOrder: 1)) }
    var table = TextTable(columns)
    for execution in executions {
      var cells = [StyledText(execution.id.text, .accent), execution.status.shown]
      if isWide { cells.append(StyledText(execution.startedAt.shownInColumn, .quiet)) }
      let took = execution.completedAt.map { HumanText.duration($0 - execution.startedAt) }
      cells.append(StyledText(took ?? ""))
      if isWide { cells.append(StyledText((execution.error ?? "").prefix(300))) }
      table.add(cells)
    }
    return table.lines(for: terminal)
  }
}
