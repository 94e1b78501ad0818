import Engine
import Foundations
import Library
import Model
import Sniffing

/// `mediary library cleanup`: what is old or too much goes to the trash.
enum LibraryCleanupCommand: Command {
  private static let olderThan = Option(
    "older-than", .duration, "Take what came longer ago.", placeholder: "AGE")
  private static let most = Option(
    "max-size", .byteSize, "Take the oldest until so much is left.", placeholder: "SIZE")
  private static let keepTag = Option(
    "keep-tag", .text, "Leave what has this tag.", placeholder: "TAG"
  ).repeated()
  private static let favourites = Option.flag("favourites-too", "Take favourites too.")
  private static let ratings = Option.flag("rated-too", "Take what has four or five stars too.")
  private static let dryRun = Option.flag("dry-run", "Say what would go, and leave it.")

  static let spec = CommandSpec(
    "cleanup", "Move what is old or too much to the trash.",
    description: [
      "Left are favourites, what has four or five stars, kept tags, and what a run or a workflow refers "
        + "to. What goes is in the trash and can be brought back until `mediary library gc` empties it."
    ],
    options: [
      olderThan, most, FilterOptions.kind, FilterOptions.source, FilterOptions.user, keepTag,
      favourites, ratings, dryRun,
    ],
    examples: [
      CommandExample(
        "mediary library cleanup --older-than 365d --keep-tag best --dry-run",
        "See what a cleanup would take"),
      CommandExample("mediary library cleanup --max-size 500GB", "Make room"),
    ],
    seeAlso: ["library undelete", "library gc", "run cleanup"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    var rules = CleanupRules()
    rules.olderThan = arguments[olderThan]
    rules.mostBytes = arguments[most]?.bytes
    rules.kinds = Set(arguments[FilterOptions.kind] ?? [])
    rules.sources = Set(arguments[FilterOptions.source] ?? [])
    rules.user = arguments[FilterOptions.user]
    rules.keptTags = Set(arguments[keepTag])
    rules.keepsFavourites = !arguments[favourites]
    if arguments[ratings] { rules.leastKeptRating = nil }
    guard rules.olderThan != nil || rules.mostBytes != nil else {
      throw UsageFailure(
        .usageMissingOption, "a cleanup needs an age or a size",
        hint: "give --older-than 365d or --max-size 500GB")
    }
    let isDryRun = arguments[dryRun]
    let checked = rules
    return try context.withLibrary { open in
      let plan = try open.library.care.plan(checked, stop: context.stop)
      let items = isDryRun ? plan.items : try open.library.care.carryOut(plan, stop: context.stop)
      try context.answer(
        json(plan, items, isDryRun, open),
        or: lines(plan, items, isDryRun, context.out.terminal))
      return .success
    }
  }

  private static func json(
    _ plan: CleanupPlan, _ items: [CleanupPlan.Item], _ isDryRun: Bool, _ open: OpenLibrary
  ) -> JSONValue {
    [
      "dry_run": .bool(isDryRun), "kept": .int(plan.kept), "referenced": .int(plan.referenced),
      "size_bytes": .int(items.reduce(0) { $0 + $1.asset.size }), "count": .int(items.count),
      "items": .array(
        items.map { item in
          var object = item.asset.json(open.library).object ?? JSONObject()
          object["reason"] = .string(item.reason)
          return .object(object)
        }),
    ]
  }

  private static func lines(
    _ plan: CleanupPlan, _ items: [CleanupPlan.Item], _ isDryRun: Bool, _ terminal: Terminal
  ) -> [StyledText] {
    let bytes = HumanText.bytes(items.reduce(0) { $0 + $1.asset.size })
    var left: [String] = []
    if plan.kept > 0 { left.append("\(HumanText.count(plan.kept)) kept for what was said of them") }
    if plan.referenced > 0 {
      left.append("\(HumanText.count(plan.referenced)) kept because something refers to them")
    }
    let verb = isDryRun ? "would go to the trash" : "went to the trash"
    var lines: [StyledText] = [
      "\(HumanText.count(items.count, "asset"), .strong) of \(bytes) \(verb)."
    ]
    if !left.isEmpty { lines.append(StyledText(left.joined(separator: ", ") + ".", .quiet)) }
    guard !items.isEmpty else { return lines }
    return AssetText.table(items.map { (StyledText(), $0.asset) }, terminal) + [""] + lines
  }
}
