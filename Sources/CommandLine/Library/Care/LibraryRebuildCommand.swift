import Engine
import Foundations
import Library
import Model

/// `mediary library rebuild`: a lost catalogue comes back.
enum LibraryRebuildCommand: Command {
  private static let replace = Option.flag(
    "replace", "Put the catalogue that is there aside, and make it anew.")
  private static let adopt = Option.toggle(
    "adopt", "Make assets of content that nothing tells of.",
    defaultText: "where there is no journal")

  static let spec = CommandSpec(
    "rebuild", "Make a lost catalogue again from content, runs and journal.",
    description: [
      "Everything comes back: assets with their names, tags, notes and generations, runs with their "
        + "outputs, workflows with their executions. Nothing is changed until the new catalogue is whole. "
        + "End other programs that use the library first."
    ],
    options: [replace, adopt],
    examples: [
      CommandExample("rm media_storage/mediary.db && mediary library rebuild", "Lose nothing")
    ],
    seeAlso: ["library verify", "library restore"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    var rebuilding = RebuildLibrary()
    rebuilding.replaces = arguments[replace]
    rebuilding.adoptsUntracked = arguments[adopt]
    let progress = CommandProgress("Rebuilding", context, isShown: true)
    defer { progress.end() }
    let report = try rebuilding.run(
      try context.configuration(), stop: context.stop, progress: progress.sink)
    progress.end()
    try context.answer(report.json, or: lines(report))
    return report.isWhole ? .success : .findings
  }

  private static func lines(_ report: RebuildLibrary.Report) -> [StyledText] {
    var lines = (report.damaged + report.catalogue.refusals).map {
      "\("lost", .bad)  \($0)" as StyledText
    }
    lines += report.odd.map { "\("odd", .warning)   \($0) is no run" }
    if report.catalogue.withoutContent > 0 {
      lines.append(
        "\("lost", .bad)  the content of \(HumanText.count(report.catalogue.withoutContent, "asset"))"
      )
    }
    lines.append(
      "\(HumanText.count(report.assets.count, "asset"), .strong) of \(HumanText.bytes(report.assets.bytes)), \(HumanText.count(report.runs, "run"), .strong) and \(HumanText.count(report.workflows, "workflow"), .strong) are back, from \(HumanText.count(report.catalogue.entries, "line")) of the journal."
    )
    if report.catalogue.adopted > 0 {
      lines.append("\(HumanText.count(report.catalogue.adopted)) of them nothing told of.")
    }
    if report.catalogue.untracked > 0 {
      lines.append(
        StyledText(
          "\(HumanText.count(report.catalogue.untracked, "content")) that nothing tells of was left;"
            + " --adopt makes assets of such.", .quiet))
    }
    if let old = report.oldCatalogue { lines.append("The old catalogue is \(old).") }
    return lines
  }
}
