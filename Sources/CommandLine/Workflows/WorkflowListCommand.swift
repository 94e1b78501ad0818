import Engine
import Foundations
import Library
import Model

/// `mediary workflow list`.
enum WorkflowListCommand: Command {
  private static let status = Option(
    "status", .choice(of: Workflow.Status.self), "Only those that stand so.")
  private static let template = Option.toggle(
    "template", "Only templates, or none of them.", defaultText: "both")
  private static let archived = Option.flag("archived", "Those that are archived instead.")

  static let spec = CommandSpec(
    "list", "List workflows, the last changed first.",
    options: [status, template, archived] + PageOptions.all,
    examples: [
      CommandExample("mediary workflow list --template", "What there is to begin with"),
      CommandExample("mediary workflow list --json | jq -r '.items[].name'", "Their names"),
    ],
    seeAlso: ["workflow show"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    var filter = WorkflowFilter()
    filter.status = arguments[status]
    filter.isTemplate = arguments[template]
    filter.isArchived = arguments[archived]
    let wanted = filter
    let place = try PageOptions.place(arguments)
    return try context.withLibrary { open in
      let page = try open.library.workflows.list(
        wanted, after: place, atMost: arguments[PageOptions.limit])
      try context.answer(page.json { $0.json }, or: lines(page.items, context.out.terminal))
      if page.items.isEmpty { context.say("\("no workflows", .quiet)") }
      PageOptions.sayMore(page, context)
      return .success
    }
  }

  private static func lines(_ workflows: [Workflow], _ terminal: Terminal) -> [StyledText] {
    guard !workflows.isEmpty else { return [] }
    let width = terminal.isInteractive ? terminal.width : .max
    var columns = [TextTable.Column("Workflow"), TextTable.Column("Name", shrinkOrder: 1)]
    if width >= 60 { columns.append(TextTable.Column("Status")) }
    if width >= 75 { columns.append(TextTable.Column("Version", .trailing)) }
    if width >= 90 { columns.append(TextTable.Column("Changed (UTC)")) }
    if width >= 110 { columns.append(TextTable.Column("Executed")) }
    var table = TextTable(columns)
    for workflow in workflows {
      var cells = [StyledText(workflow.id.text, .accent), StyledText(workflow.name)]
      if width >= 60 {
        let isTemplate = workflow.isTemplate
        cells.append(isTemplate ? StyledText("template", .accent) : workflow.status.shown)
      }
      if width >= 75 { cells.append(StyledText("\(workflow.version)")) }
      if width >= 90 { cells.append(StyledText(workflow.updatedAt.shownInColumn, .quiet)) }
      if width >= 110 {
        cells.append(StyledText(workflow.lastExecutedAt?.shownInColumn ?? "never", .quiet))
      }
      table.add(cells)
    }
    return table.lines(for: terminal)
  }
}
