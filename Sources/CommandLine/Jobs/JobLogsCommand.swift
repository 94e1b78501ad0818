import Engine
import Foundations
import Jobs
import Model

/// `mediary jobs logs`.
enum JobLogsCommand: Command {
  private static let follow = Option.flag(
    "follow", "Go on with what comes until the job has ended.", short: "f")

  static let spec = CommandSpec(
    "logs", "Show what a job said while it worked.",
    description: [
      "The first megabyte of a job's log and the last one or two are kept. With `--json` the lines are "
        + "JSON, as they are in `logs/` of the library."
    ],
    arguments: [JobCommands.job], options: [follow],
    examples: [
      CommandExample("mediary jobs logs JOB --follow", "See what it says while it works"),
      CommandExample(
        "mediary jobs logs JOB --json | jq 'select(.level == \"error\")'", "Find what went wrong"),
    ],
    seeAlso: ["jobs show"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    let id = arguments[JobCommands.job]
    return try context.withJobs { engine in
      let job = try engine.queue.job(id)
      var reader = JobLogReader(id, engine, context)
      try reader.readOn()
      if arguments[follow] {
        // An event is no line, but a time to look; the last look is after the last event.
        _ = try engine.queue.watch(id, after: job.lastEvent, stop: context.stop) { _ in
          try reader.readOn()
        }
        try reader.readOn()
      }
      if reader.isEmpty { context.say("\("it has said nothing", .quiet)") }
      return .success
    }
  }
}
