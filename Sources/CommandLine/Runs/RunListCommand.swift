import Engine
import Foundations
import Model
import Runs

/// `mediary run list`.
enum RunListCommand: Command {
  private static let from = Option("from", .time, "Only those begun then or later.")
  private static let to = Option(
    "to", .lastTime, "Only those begun until then; a day is meant to its end.")
  private static let deleted = Option.flag("deleted", "Those in the trash instead.")
  private static let archived = Option.toggle(
    "archived", "Only those that are archived, or are not.", defaultText: "both")

  static let spec = CommandSpec(
    "list", "List runs, the last begun first.",
    options: RunFilterOptions.all + [from, to, deleted, archived] + PageOptions.all,
    examples: [
      CommandExample("mediary run list --status failed", "Those that failed"),
      CommandExample(
        "mediary run list --user mia --from 2026-11-01 --to 2026-11-30", "A month of a user's"),
      CommandExample("mediary run list --json | jq -r '.items[].run_id'", "Their ids"),
    ],
    seeAlso: ["run show"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    var filter = RunFilter()
    filter.user = arguments[RunFilterOptions.user]
    filter.schema = arguments[RunFilterOptions.schema]
    filter.mode = arguments[RunFilterOptions.mode]?.rawValue
    filter.status = arguments[RunFilterOptions.status]
    filter.from = arguments[from]
    filter.to = arguments[to]
    filter.isDeleted = arguments[deleted]
    filter.isArchived = arguments[archived]
    let wanted = filter
    let place = try PageOptions.place(arguments)
    return try context.withLibrary { open in
      let page = try open.runs.list(
        wanted, after: place, atMost: arguments[PageOptions.limit])
      try context.answer(page.json { $0.json }, or: lines(page.items, context.out.terminal))
      if page.items.isEmpty { context.say("\("no runs", .quiet)") }
      PageOptions.sayMore(page, context)
      return .success
    }
  }

  private static func lines(_ runs: [Run], _ terminal: Terminal) -> [StyledText] {
    guard !runs.isEmpty else { return [] }
    // An id is of use only as a whole; where it is narrow, what else there is gives way.
    let width = terminal.isInteractive ? terminal.width : .max
    var columns = [TextTable.Column("Run")]
    if width >= 75 { columns.append(TextTable.Column("Begun (UTC)")) }
    if width >= 100 { columns.append(TextTable.Column("Schema", maximum: 20, shrinkOrder: 2)) }
    columns.append(TextTable.Column("Status"))
    columns.append(TextTable.Column("Input", minimum: 6, shrinkOrder: 1))
    var table = TextTable(columns)
    for run in runs {
      var cells = [StyledText(run.id.text, .accent)]
      if width >= 75 { cells.append(StyledText(run.createdAt.shownInColumn, .quiet)) }
      if width >= 100 { cells.append(StyledText(run.schema)) }
      cells.append(run.state.status.shown)
      // A text of a million letters is not laid out for what is shown of it.
      cells.append(StyledText((run.inputText ?? "").prefix(terminal.isInteractive ? 200 : 1_000)))
      table.add(cells)
    }
    return table.lines(for: terminal)
  }
}
