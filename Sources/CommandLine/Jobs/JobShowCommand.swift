import Engine
import Foundations
import Jobs
import Model

/// `mediary jobs show`.
enum JobShowCommand: Command {
  static let spec = CommandSpec(
    "show", "Show all that is known of a job: where it stands, what came of it, why it failed.",
    arguments: [JobCommands.job],
    examples: [
      CommandExample("mediary jobs show JOB", "See where it stands"),
      CommandExample("mediary jobs show JOB --json | jq .result", "What came of it"),
    ],
    seeAlso: ["jobs watch", "jobs logs"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    try context.withJobs { engine in
      let job = try engine.queue.job(arguments[JobCommands.job])
      try context.answer(.object(job.json), or: JobCard(job, context.out.terminal).lines)
      return .success
    }
  }
}
