import Blobs
import Engine
import Foundations
import Library

/// `mediary library gc`: what nobody refers to any more goes for good.
enum LibraryCollectCommand: Command {
  private static let trash = Option(
    "trash-older-than", .duration,
    "Empty the trash of what has been there so long; nothing in it goes without this.",
    placeholder: "AGE")
  private static let dryRun = Option.flag("dry-run", "Say what would go, and leave it.")

  static let spec = CommandSpec(
    "gc", "Remove content that nothing refers to.",
    description: [
      "Content goes that no asset, no run and nothing in the trash refers to, once it is older than "
        + "`sweep_grace` (a day). Pictures and films that were taken in without a look are looked at."
    ],
    options: [trash, dryRun],
    examples: [
      CommandExample("mediary library gc --dry-run", "See what would go"),
      CommandExample(
        "mediary library gc --trash-older-than 30d", "Empty the trash of what is a month old"),
    ],
    seeAlso: ["library cleanup", "library delete"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    var collecting = CollectGarbage()
    collecting.trashOlderThan = arguments[trash]
    collecting.isDryRun = arguments[dryRun]
    collecting.encodes = try EncodeCache(context.configuration())
    let work = collecting
    return try context.withLibrary { open in
      let progress = CommandProgress("Clearing", context, isShown: true)
      defer { progress.end() }
      let report = try work.run(open, stop: context.stop, progress: progress.sink)
      progress.end()
      try context.answer(report.json, or: lines(report))
      return .success
    }
  }

  private static func lines(_ report: CollectGarbage.Report) -> [StyledText] {
    let would = report.isDryRun ? "would be " : ""
    var lines: [StyledText] = [
      "\(HumanText.count(report.sweep.deleted, "content"), .strong) of \(HumanText.bytes(report.sweep.bytes)) \(would)removed; \(HumanText.count(report.sweep.referenced)) in use, \(HumanText.count(report.sweep.young)) too young to be asked about."
    ]
    if report.assets > 0 || report.runs > 0 {
      lines.append(
        "\(HumanText.count(report.assets, "asset")) and \(HumanText.count(report.runs, "run")) \(would)forgotten from the trash."
      )
    }
    if report.encodeBytes > 0 {
      lines.append("\(HumanText.bytes(report.encodeBytes)) of the encode cache removed.")
    }
    if report.lookedAt > 0 {
      lines.append("\(HumanText.count(report.lookedAt, "picture")) looked at for their likeness.")
    }
    return lines
  }
}
