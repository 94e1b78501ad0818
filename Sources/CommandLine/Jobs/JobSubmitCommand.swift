import Engine
import Foundations
import Jobs
import Model

/// `mediary jobs submit`.
enum JobSubmitCommand: Command {
  private static let kind = Argument(
    "KIND", .text, "What to do: `encode`, `hash-verify`, `thumbnail`.")
  private static let input = Option(
    "input", .text, "What to do it with, as a JSON object.", short: "i",
    placeholder: GivenText.jsonPlaceholder)
  private static let priority = Option(
    "priority", .integer(in: JobRequest.priorities), "Jobs of a higher one go first."
  ).default(0)
  private static let user = Option("user", .text, "Whose job it is.", placeholder: "NAME")
  private static let at = Option("at", .time, "Begin not before then.")
  private static let after = Option(
    "in", .duration, "Begin after so long, not before.", placeholder: "TIME")
  private static let fresh = Option.flag(
    "fresh", "Do the work again, although the answer is known.")
  private static let wait = Option.flag("wait", "Wait until the job has ended.")

  static let spec = CommandSpec(
    "submit", "Ask for a job.",
    description: [
      "`hash-verify` reads all content again and compares it with its SHA-256, in parts that are read once "
        + "whatever happens; its input may have `repair` (put damaged content aside) and `parts` (how many). "
        + "`thumbnail` makes a small WebP of the asset `asset_id`, of at most `size` pixels a side (320). "
        + "`encode` makes AV1 of the asset `asset_id`, or of the file `path`, and takes it into the library, or writes it to `output`; "
        + "it takes the options of `mediary encode`, with _ for -.",
      "Work that is asked for twice is done once: who asks while it is under way is told of that job, and who asks "
        + "afterwards of its answer, unless `--fresh` is given.",
    ],
    arguments: [kind], options: [input, priority, user, at, after, fresh, wait],
    examples: [
      CommandExample("mediary jobs submit hash-verify --wait", "Look whether all content is whole"),
      CommandExample(
        #"mediary jobs submit thumbnail --input '{"asset_id": "ASSET", "size": 640}'"#,
        "A small picture of a film"),
      CommandExample(
        "mediary jobs submit hash-verify --at 2026-12-01T03:00:00+01:00", "Work at night"),
    ],
    seeAlso: ["jobs watch", "worker"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    let request = try request(arguments, context)
    return try context.withJobs { engine in
      let submitted = try engine.submit(request)
      if arguments[wait] {
        return try JobWatch(engine, context).awaitEnd(of: submitted.job.id)
      }
      try context.answer(.object(submitted.json), or: [line(submitted)])
      if submitted.source == .new {
        context.say("\("follow it by `mediary jobs watch \(submitted.job.id)`", .quiet)")
      }
      return .success
    }
  }

  private static func request(
    _ arguments: ParsedArguments, _ context: CommandContext
  ) throws -> JobRequest {
    guard arguments[at] == nil || arguments[after] == nil else {
      throw UsageFailure(
        .usageConflict, "'--at' and '--in' both say when", hint: "leave one of them out")
    }
    var request = JobRequest(arguments[kind])
    request.input =
      try arguments[input].map { try GivenText.object($0, for: input, context) } ?? [:]
    request.priority = arguments[priority]
    request.user = arguments[user]
    request.runAt = arguments[at] ?? arguments[after].map { SystemTime().now + $0 }
    request.isFresh = arguments[fresh]
    return request
  }

  private static func line(_ submitted: SubmittedJob) -> StyledText {
    let job = submitted.job
    let word: StyledText =
      switch submitted.source {
      case .new: StyledText(job.state.rawValue, .good)
      case .same, .joined: StyledText("under way", .accent)
      case .cached: StyledText("known", .quiet)
      }
    var line: StyledText = "\(word)  \(job.id.text, .strong)  \(job.kind)"
    if job.state == .queued, job.runAt > SystemTime().now {
      line += "  not before \(job.runAt.shown)"
    }
    return line
  }
}
