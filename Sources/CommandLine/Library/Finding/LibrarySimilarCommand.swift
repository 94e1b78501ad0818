import Engine
import Foundations
import Library
import Model

/// `mediary library similar`: what looks alike.
enum LibrarySimilarCommand: Command {
  private static let all = Option.flag(
    "all", "Report all groups of near-duplicates instead of the likes of one.")
  private static let asset = Argument(
    "ASSET", .text, "An asset: its id, or the SHA-256 of its content."
  ).unless(all)
  private static let distance = Option(
    "distance", .integer(in: 0...32), "How much they may differ, from 0, the same, to 32."
  ).default(Likeness.near)
  private static let limit = Option(
    "limit", .integer(in: 1...1_000), "How many to show."
  ).default(50)

  static let spec = CommandSpec(
    "similar", "Find pictures and films that look alike.",
    description: [
      "Coded again, resized, cropped by some hundredths: what looks the same is found, the nearest first. "
        + "`--all` groups everything, those groups first that hold most bytes."
    ],
    arguments: [asset], options: [all, distance, limit],
    examples: [
      CommandExample("mediary library similar ASSET", "What looks like it"),
      CommandExample("mediary library similar --all", "What could be cleaned up"),
    ],
    seeAlso: ["library list"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    try context.withLibrary { open in
      if let name = arguments[asset] {
        try show(
          open.library.finding.similar(
            to: open.asset(named: name).id, within: arguments[distance],
            atMost: arguments[limit]), open, context)
      } else {
        let progress = CommandProgress("Comparing", context, isShown: true)
        defer { progress.end() }
        let groups = try open.library.finding.nearDuplicates(
          within: arguments[distance], stop: context.stop, progress: progress.sink)
        progress.end()
        try show(Array(groups.prefix(arguments[limit])), open, context)
      }
      return .success
    }
  }

  private static func show(
    _ found: [Finding.Similar], _ open: OpenLibrary, _ context: CommandContext
  ) throws {
    let items = found.map { like in
      var object = like.asset.json(open.library).object ?? JSONObject()
      object["distance"] = .int(like.distance)
      return JSONValue.object(object)
    }
    try context.answer(
      ["items": .array(items), "next_cursor": .null],
      or: found.isEmpty
        ? ["Nothing looks like it."]
        : AssetText.table(
          found.map { (StyledText("\($0.distance)"), $0.asset) }, leading: "Apart",
          context.out.terminal))
  }

  private static func show(
    _ groups: [[Asset]], _ open: OpenLibrary, _ context: CommandContext
  ) throws {
    let items = groups.map { group in
      JSONValue.object([
        "size_bytes": .int(group.reduce(0) { $0 + $1.size }),
        "assets": .array(group.map { $0.json(open.library) }),
      ])
    }
    let rows = groups.enumerated().flatMap { place, group in
      group.map { (lead: StyledText("\(place + 1)", .quiet), asset: $0) }
    }
    try context.answer(
      ["items": .array(items), "next_cursor": .null],
      or: groups.isEmpty
        ? ["Nothing looks like anything else."]
        : AssetText.table(rows, leading: "Group", context.out.terminal))
  }
}
