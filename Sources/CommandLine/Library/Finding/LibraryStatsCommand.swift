import Engine
import Foundations
import Library
import Model

/// `mediary library stats`: how much there is of what.
enum LibraryStatsCommand: Command {
  private static let days = Option(
    "days", .integer(in: 1...3_660), "How many days of growth to show."
  ).default(14)

  static let spec = CommandSpec(
    "stats", "Show how much there is of what, and how it grew.", options: [days],
    examples: [
      CommandExample(
        "mediary library stats --json | jq .saved_by_deduplication",
        "What keeping each content once has saved")
    ],
    seeAlso: ["library cleanup"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    try context.withLibrary { open in
      let statistics = try open.library.finding.statistics()
      let now = open.library.clock.now
      let growth = try open.library.finding.growth(
        from: now + .seconds(-86_400 * (Int64(arguments[days]) - 1)), to: now)
      let quotas = try open.library.quotas()
      var object = statistics.json
      object["growth"] = .array(growth.map(\.json))
      object["quotas"] = .array(quotas.map(\.json))
      try context.answer(
        .object(object), or: lines(statistics, growth, quotas, context.out.terminal))
      return .success
    }
  }

  private static func lines(
    _ statistics: LibraryStatistics, _ growth: [DayGrowth], _ quotas: [Quota],
    _ terminal: Terminal
  ) -> [StyledText] {
    var lines: [StyledText] = [
      amount("assets", statistics.assets), amount("in the trash", statistics.trash),
      amount("saved by keeping each once", statistics.savedByDeduplication),
      "\(StyledText("runs").padded(to: 28))\(StyledText(HumanText.count(statistics.runs), .strong).padded(to: 8, .trailing))",
    ]
    for (status, count) in statistics.workflowsByStatus.sorted(by: { $0.key < $1.key }) {
      lines.append(
        StyledText("workflows, \(status)").padded(to: 28)
          + StyledText(HumanText.count(count), .strong).padded(to: 8, .trailing))
    }
    for quota in quotas {
      let share = HumanText.percent(Double(quota.used) / Double(max(1, quota.limit)))
      lines.append(
        StyledText("quota used").padded(to: 28)
          + StyledText(share, quota.isNearlyFull ? .warning : .strong).padded(to: 8, .trailing)
          + "  of \(HumanText.bytes(quota.limit))")
    }
    let groups = [
      ("kind", statistics.byKind), ("source", statistics.bySource), ("user", statistics.byUser),
      ("model", statistics.byModel), ("films by source", statistics.videosBySource),
    ]
    for (title, amounts) in groups where !amounts.isEmpty {
      lines += ["", StyledText(title, .heading)]
      for (name, value) in amounts.sorted(by: {
        ($1.value.bytes, $0.key) < ($0.value.bytes, $1.key)
      })
      .prefix(12) {
        lines.append(amount("  " + (name.isEmpty ? "(none)" : name), value))
      }
    }
    return lines + growthLines(growth, terminal)
  }

  private static func amount(
    _ label: String, _ amount: LibraryStatistics.Amount
  ) -> StyledText {
    StyledText(label).padded(to: 28)
      + StyledText(HumanText.count(amount.count), .strong).padded(to: 8, .trailing)
      + StyledText(HumanText.bytes(amount.bytes)).padded(to: 12, .trailing)
  }

  private static func growthLines(_ growth: [DayGrowth], _ terminal: Terminal) -> [StyledText] {
    let most = growth.map(\.amount.bytes).max() ?? 0
    guard most > 0 else { return [] }
    let room = Double(min(40, max(10, terminal.width - 36)))
    let block = terminal.isUnicode ? "█" : "#"
    return ["", StyledText("growth by day", .heading)]
      + growth.map { day in
        let length = Int((Double(day.amount.bytes) / Double(most) * room).rounded(.up))
        return "  \(String(day.day.description.prefix(10)), .quiet)"
          + StyledText(HumanText.count(day.amount.count), .strong).padded(to: 8, .trailing)
          + StyledText(HumanText.bytes(day.amount.bytes)).padded(to: 12, .trailing)
          + "  \(String(repeating: block, count: length), .accent)"
      }
  }
}
