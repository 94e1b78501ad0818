import Engine
import Foundations
import Jobs
import Model

/// `mediary jobs list`.
enum JobListCommand: Command {
  private static let state = Option(
    "state", .list(of: .choice(of: JobState.self)), "Only those that stand so.",
    placeholder: "STATE,...")
  private static let kind = Option(
    "kind", .list(of: .text), "Only those of some kinds.", placeholder: "KIND,...")
  private static let user = Option("user", .text, "Only those of a user.", placeholder: "NAME")
  private static let parent = Option(
    "children-of", .id(JobID.self), "The parts of a job, in their order.", placeholder: "JOB")

  static let spec = CommandSpec(
    "list", "List jobs, the last asked for first.",
    description: ["Parts of jobs are listed by `--children-of` alone."],
    options: [state, kind, user, parent] + PageOptions.all,
    examples: [
      CommandExample("mediary jobs list --state running,queued", "What is under way"),
      CommandExample(
        "mediary jobs list --state failed --json | jq -r '.items[].error.message'",
        "Why jobs failed"),
    ],
    seeAlso: ["jobs show"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    var filter = JobFilter()
    filter.states = Set(arguments[state] ?? [])
    filter.kinds = Set(arguments[kind] ?? [])
    filter.user = arguments[user]
    filter.parent = arguments[parent]
    filter.isTopLevel = arguments[parent] == nil
    let wanted = filter
    let place = try PageOptions.place(arguments)
    return try context.withJobs { engine in
      // A job that is not there has no parts, and a slip of the fingers should be told.
      if let parent = wanted.parent { _ = try engine.queue.job(parent) }
      let page = try engine.queue.list(wanted, after: place, atMost: arguments[PageOptions.limit])
      try context.answer(
        page.json { .object($0.json) }, or: JobText.table(page.items, context.out.terminal))
      if page.items.isEmpty { context.say("\("no jobs", .quiet)") }
      PageOptions.sayMore(page, context)
      return .success
    }
  }
}
