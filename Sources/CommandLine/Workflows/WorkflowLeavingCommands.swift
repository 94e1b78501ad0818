import Engine
import Foundations
import Library
import Model

/// `mediary workflow delete`.
enum WorkflowDeleteCommand: Command {
  private static let workflows = Argument(
    "WORKFLOW", .id(WorkflowID.self), "The ids of workflows."
  ).many()
  private static let dryRun = Option.flag("dry-run", "Say what would go, and leave it.")

  static let spec = CommandSpec(
    "delete", "Forget workflows, with their versions, executions and associations.",
    description: [
      "Their assets stay. Nothing brings a workflow back but an export of it: `workflow archive` puts one aside."
    ],
    arguments: [workflows], options: [dryRun], seeAlso: ["workflow archive", "workflow export"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    let isDryRun = arguments[dryRun]
    return try context.withLibrary { open in
      try context.each(arguments[workflows]) { id in
        let workflow = try open.library.workflows.show(id)
        let parts = try Parts(of: id, in: open.library.workflows)
        if !isDryRun { try open.library.workflows.delete(id) }
        var object = workflow.json.object ?? JSONObject()
        object["deleted"] = .bool(!isDryRun)
        object["versions"] = .int(parts.versions)
        object["executions"] = .int(parts.executions)
        object["associations"] = .int(parts.associations)
        let what = isDryRun ? StyledText("would go", .warning) : StyledText("deleted", .good)
        try context.answer(
          .object(object),
          or: [
            what + "  \(id.text, .strong)  " + .dotted([StyledText(workflow.name)] + parts.shown)
          ])
      }
    }
  }

  /// How much goes with a workflow.
  private struct Parts {
    let versions: Int
    let executions: Int
    let associations: Int

    init(of id: WorkflowID, in workflows: Workflows) throws {
      versions = try workflows.versions(of: id).count
      associations = try workflows.associations(of: id).count
      var count = 0
      var cursor: PageCursor?
      repeat {
        let page = try workflows.executions(of: id, after: cursor, atMost: 1_000)
        count += page.items.count
        cursor = page.next
      } while cursor != nil
      executions = count
    }

    var shown: [StyledText] {
      [
        StyledText(HumanText.count(versions, "version")),
        StyledText(HumanText.count(executions, "execution")),
        StyledText(HumanText.count(associations, "association")),
      ]
    }
  }
}

/// `mediary workflow archive`.
enum WorkflowArchiveCommand: Command {
  private static let idleFor = Option(
    "idle-for", .duration,
    "Instead of named ones, all that nobody changed or executed for so long; no templates.",
    placeholder: "AGE")
  private static let workflows: Argument<[WorkflowID]> = Argument(
    "WORKFLOW", .id(WorkflowID.self), "The ids of workflows."
  ).many().unless(idleFor)
  private static let undo = Option.flag("undo", "Bring them back instead.")
  private static let dryRun = Option.flag("dry-run", "Say which they are, and leave them.")

  static let spec = CommandSpec(
    "archive", "Put workflows aside, out of the lists, or bring them back.",
    arguments: [workflows], options: [undo, idleFor, dryRun],
    examples: [
      CommandExample("mediary workflow archive --idle-for 180d --dry-run", "See what is old"),
      CommandExample("mediary workflow archive WORKFLOW --undo", "Bring one back"),
    ],
    seeAlso: ["workflow list", "workflow delete"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    let isDryRun = arguments[dryRun]
    let isUndone = arguments[undo]
    let done = isUndone ? "brought back" : "archived"
    let text = isDryRun ? (isUndone ? "would come back" : "would be archived") : done
    func show(_ workflow: Workflow) throws {
      try context.answer(
        workflow.json,
        or: [WorkflowCommands.line(workflow, did: text, isDryRun ? .warning : .good)])
    }
    return try context.withLibrary { open in
      let workflows = open.library.workflows
      guard let age = arguments[idleFor] else {
        return try context.each(arguments[Self.workflows]) { id in
          let found = try workflows.show(id)
          try show(isDryRun ? found : try workflows.archive(id, !isUndone))
        }
      }
      if isUndone { throw UsageFailure.conflict(idleFor, undo) }
      let old = try workflows.archive(idleFor: age, isDryRun: isDryRun)
      for workflow in old { try show(workflow) }
      context.say(StyledText("\(HumanText.count(old.count, "workflow")) \(text)", .quiet))
      return .success
    }
  }
}
