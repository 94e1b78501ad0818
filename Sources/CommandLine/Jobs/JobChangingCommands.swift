import Engine
import Foundations
import Jobs
import Model

/// `mediary jobs cancel`.
enum JobCancelCommand: Command {
  static let spec = CommandSpec(
    "cancel", "End jobs, whatever they are at, with their parts.",
    description: [
      "What runs is told, and ends within a second, the programs it has started with it."
    ],
    arguments: [JobCommands.jobs],
    examples: [CommandExample("mediary jobs cancel JOB", "End a job")],
    seeAlso: ["jobs retry"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    try context.withJobs { engine in
      try context.each(arguments[JobCommands.jobs], named: { $0.text }) { id in
        let job = try engine.queue.cancel(id)
        let word: StyledText = job.isOpen ? "to be ended" : job.state.shown
        try context.answer(.object(job.json), or: ["\(word)  \(job.id.text, .strong)  \(job.kind)"])
      }
    }
  }
}

/// `mediary jobs retry`.
enum JobRetryCommand: Command {
  static let spec = CommandSpec(
    "retry", "Queue jobs anew that failed or were cancelled.",
    description: ["Of a job with parts only those are done again that were lost."],
    arguments: [JobCommands.jobs],
    examples: [
      CommandExample("mediary jobs retry JOB", "Try once more"),
      CommandExample(
        "mediary jobs list --state failed --json | jq -r '.items[].id' | xargs mediary jobs retry",
        "Try all once more that failed"),
    ],
    seeAlso: ["jobs cancel"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    try context.withJobs { engine in
      try context.each(arguments[JobCommands.jobs], named: { $0.text }) { id in
        let job = try engine.queue.retry(id)
        try context.answer(
          .object(job.json), or: ["\(job.state.shown)  \(job.id.text, .strong)  \(job.kind)"])
      }
    }
  }
}
