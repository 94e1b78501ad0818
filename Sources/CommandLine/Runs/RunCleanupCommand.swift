import Engine
import Foundations
import Model
import Runs

/// `mediary run cleanup`: old runs go to the trash or into the archive.
enum RunCleanupCommand: Command {
  private static let olderThan = Option(
    "older-than", .duration, "Take those that began longer ago.", placeholder: "AGE")
  private static let most = Option(
    "max-size", .byteSize, "Take the oldest until their outputs are no more than this.",
    placeholder: "SIZE")
  private static let archive = Option.flag("archive", "Pack them instead of deleting them.")
  private static let dryRun = Option.flag("dry-run", "Say what would go, and leave it.")

  static let spec = CommandSpec(
    "cleanup", "Move old runs to the trash, or pack them.",
    description: [
      "Left are runs that still go on, unless they began longer ago than `--older-than`. What is in the trash comes "
        + "back with `run undelete` until `mediary library gc` empties it; the outputs' assets stay in the "
        + "library either way."
    ],
    options: [olderThan, most] + RunFilterOptions.all + [archive, dryRun],
    examples: [
      CommandExample("mediary run cleanup --older-than 90d --dry-run", "See what would go"),
      CommandExample("mediary run cleanup --older-than 365d --archive", "Pack what is a year old"),
      CommandExample("mediary run cleanup --user guest --max-size 10GB", "Hold a user to a size"),
    ],
    seeAlso: ["run undelete", "run unarchive", "library cleanup"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    var rules = RunClearingRules()
    rules.olderThan = arguments[olderThan]
    rules.mostBytes = arguments[most]?.bytes
    rules.user = arguments[RunFilterOptions.user]
    rules.schema = arguments[RunFilterOptions.schema]
    rules.mode = arguments[RunFilterOptions.mode]?.rawValue
    rules.status = arguments[RunFilterOptions.status]
    guard rules.olderThan != nil || rules.mostBytes != nil else {
      throw UsageFailure(
        .usageMissingOption, "a cleanup needs an age or a size",
        hint: "give --older-than 90d or --max-size 10GB")
    }
    let checked = rules
    let target: RunClearingTarget = arguments[archive] ? .archive : .trash
    return try context.withLibrary { open in
      let progress = CommandProgress("Clearing", context, isShown: true)
      defer { progress.end() }
      let plan = try open.runs.planClearing(checked, stop: context.stop)
      let items =
        arguments[dryRun]
        ? plan.items
        : try open.runs.carryOut(
          plan, by: target, stop: context.stop, progress: progress.sink)
      progress.end()
      try context.answer(
        json(plan, items, target, isDryRun: arguments[dryRun]),
        or: lines(plan, items, target, isDryRun: arguments[dryRun]))
      return .success
    }
  }

  private static func json(
    _ plan: RunClearingPlan, _ items: [RunClearingPlan.Item], _ target: RunClearingTarget,
    isDryRun: Bool
  ) -> JSONValue {
    [
      "dry_run": .bool(isDryRun), "to": .string(target.rawValue), "count": .int(items.count),
      "size_bytes": .int(items.reduce(0) { $0 + $1.bytes }), "running": .int(plan.running),
      "unreadable": .int(plan.unreadable),
      "items": .array(
        items.map { item in
          var object = item.run.json.object ?? JSONObject()
          object["size_bytes"] = .int(item.bytes)
          object["reason"] = .string(item.reason)
          return .object(object)
        }),
    ]
  }

  private static func lines(
    _ plan: RunClearingPlan, _ items: [RunClearingPlan.Item], _ target: RunClearingTarget,
    isDryRun: Bool
  ) -> [StyledText] {
    let place = target == .archive ? "into the archive" : "to the trash"
    var lines = items.map { item -> StyledText in
      "\(item.run.id.text, .accent)  \(HumanText.bytes(item.bytes))  \(item.reason, .quiet)"
    }
    if !lines.isEmpty { lines.append("") }
    let bytes = HumanText.bytes(items.reduce(0) { $0 + $1.bytes })
    lines.append(
      "\(HumanText.count(items.count, "run"), .strong) of \(bytes) \(isDryRun ? "would go" : "went") \(place)."
    )
    if plan.running > 0 {
      lines.append(StyledText("\(HumanText.count(plan.running)) left that still go on.", .quiet))
    }
    if plan.unreadable > 0 {
      lines.append(
        "\(HumanText.count(plan.unreadable)) left that cannot be read; `mediary library verify` tells why."
      )
    }
    return lines
  }
}
