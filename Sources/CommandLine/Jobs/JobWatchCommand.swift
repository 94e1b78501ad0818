import Engine
import Foundations
import Jobs
import Model

/// `mediary jobs watch`.
enum JobWatchCommand: Command {
  private static let after = Option(
    "after", .integer(in: 0...Int.max), "Tell the events after this number of the job's.",
    details: ["Events are numbered for each job from 1; `0` tells all that are kept."]
  ).default(0)

  static let spec = CommandSpec(
    "watch", "Follow jobs until they have ended.",
    description: [
      "On a terminal a bar for each job, with what it is at, the time left and the parts that run; at the end what came "
        + "of it. Elsewhere, and with `--json`, all events of the jobs as JSON Lines, from the first on.",
      "Ends with status 0 when all completed, 1 when one failed, lacks parts or found something wrong, 130 when one "
        + "was cancelled.",
    ],
    arguments: [JobCommands.jobs], options: [after],
    examples: [
      CommandExample("mediary jobs watch JOB", "See a job go on"),
      CommandExample(
        "mediary jobs watch JOB --json --after 17", "Go on with the events where a reader ended"),
    ],
    seeAlso: ["jobs show", "jobs logs"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    try context.withJobs { engine in
      let watch = JobWatch(engine, context)
      let ids = arguments[JobCommands.jobs]
      return if context.out.terminal.isInteractive, !context.isJSON {
        try watch.show(ids)
      } else {
        try watch.tell(ids, after: arguments[after])
      }
    }
  }
}
