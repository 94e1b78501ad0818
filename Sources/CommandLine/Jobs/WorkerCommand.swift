import Engine
import Foundations
import Jobs
import Model

/// `mediary worker`.
enum WorkerCommand: Command {
  private static let once = Option.flag("once", "End when nothing is left to be done.")
  private static let lease = Option(
    "lease", .duration, "How long a job stays its own without a sign of life.",
    placeholder: "SECONDS", defaultText: "30s", environment: "MEDIARY_JOB_LEASE")
  private static let slots = Option(
    "slots", .integer(in: 1...1_024), "How many jobs it does at once.",
    defaultText: "half the cores", environment: "MEDIARY_WORKER_SLOTS", setting: "worker_slots")
  private static let needs = Option(
    "needs", .text, "What it can do beyond what all can, as jobs ask for it.", placeholder: "CAP"
  ).several()
  private static let kinds = Option(
    "kinds", .text, "Only jobs of these kinds.", placeholder: "KIND"
  ).several()

  static let spec = CommandSpec(
    "worker", "Do the jobs of the library, until it is told to stop.",
    description: [
      "Any number of workers share the work, each job is one worker's. A worker that dies loses nothing: after its "
        + "lease others go on with what it had. Ctrl-C, or SIGTERM, lets running jobs end for a while, then "
        + "gives them back.",
      "Standard error tells what it does; with `--json` the events of its jobs are JSON Lines on standard output.",
    ],
    options: [once, lease, slots, needs, kinds],
    examples: [
      CommandExample("mediary worker", "Work until Ctrl-C"),
      CommandExample("mediary worker --once", "Do what there is to be done, and end"),
      CommandExample("mediary worker --kinds thumbnail --slots 4", "Only thumbnails, four at once"),
    ],
    seeAlso: ["jobs submit"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    // What an earlier worker's jobs started and it could not end any more.
    let ended = OrphanSweep.run()
    if !ended.isEmpty {
      context.say(
        "ended \(HumanText.count(ended.count, "process", "processes")) that a dead worker left")
    }
    let configuration = try context.configuration()
    return try context.withJobs { engine in
      let options = try options(arguments, engine, context, context.log(configuration))
      let talk = try WorkerTalk(engine, options, context)
      try talk.begin()
      let report: WorkerReport
      do {
        report = try engine.worker(options).run(stop: context.stop)
      } catch {
        talk.end()
        throw error
      }
      talk.end(report)
      guard report.stuck.isEmpty else { throw JobEngineFailure(stuck: report.stuck) }
      // Who asked it to stop is told that it did: 130 after SIGINT, 143 after SIGTERM.
      return report.ending == .stopped
        ? ExitStatus(number: context.stop.reason?.exitStatus ?? 0) : .success
    }
  }

  private static func options(
    _ arguments: ParsedArguments, _ engine: JobEngine, _ context: CommandContext, _ log: Logger
  ) throws -> WorkerOptions {
    var options = engine.workerOptions()
    options.drainsThenEnds = arguments[once]
    if let lease = arguments[lease] {
      guard MediarySettings.jobLeases.contains(lease) else {
        throw UsageFailure(
          .usageBadValue, "'--lease' is from 1 second to a day", hint: "30 seconds are usual")
      }
      options.lease = lease
    }
    options.capabilities = Set(words(arguments[needs]))
    let names = words(arguments[kinds])
    if !names.isEmpty { options.kinds = try engine.kinds(named: names) }
    options.log = log
    return options
  }

  /// Words that were given one by one or with commas between them.
  private static func words(_ given: [String]) -> [String] {
    given.flatMap { $0.split(separator: ",").map(String.init) }
  }
}
