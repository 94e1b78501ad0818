import Engine
import FormerLibrary
import Foundations
import Library
import Model

/// `mediary library import`: many things at once, or as they come.
enum LibraryImportCommand: Command {
  private static let path = Argument(
    "PATH", .path(.file), "A folder, or the SQLite file of another MediaManager.")
  private static let watch = Option.flag(
    "watch", "Go on, and take in what comes into the folder, until stopped.")
  private static let settles = Option(
    "settles", .duration, "With --watch: how long a file must have kept still."
  ).default(.seconds(2), shownAs: "2s")
  private static let everything = Option.flag(
    "everything", "Take texts and data too, not media alone.")
  private static let source = Option(
    "source", .choice(of: AssetSource.self), "How it came to be."
  ).default(.uploaded, shownAs: "uploaded")
  private static let user = Option("user", .text, "Whose it is.", placeholder: "USER")

  static let spec = CommandSpec(
    "import", "Take in a folder, a watched folder, or another MediaManager.",
    description: [
      "Files stay where they are. Called again it goes on where it was ended, and reads nothing twice. "
        + "What is refused is told, one by one, and the others go on.",
      "Of a MediaManager's database come ids, times, generations, workflows, executions and associations; "
        + "rows that refer to what is not there are told.",
    ],
    arguments: [path], options: [watch, settles, everything, source, user],
    examples: [
      CommandExample("mediary library import ~/Pictures", "Take in all media below a folder"),
      CommandExample("mediary library import --watch ~/ComfyUI/output", "And what comes into it"),
      CommandExample("mediary library import old/media.db", "Take over another MediaManager"),
    ],
    seeAlso: ["library add", "run import"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    let path = arguments[path]
    let isFolder = try FileStatus.of(path).kind == .folder
    if arguments[watch], !isFolder {
      throw UsageFailure(
        .usageConflict, "\(path) is no folder, and only folders can be watched",
        hint: "leave --watch out")
    }
    var options = FolderImport.Options()
    options.details = AssetDetails(source: arguments[source], user: arguments[user])
    options.takesEverything = arguments[everything]
    let taking = options
    return try context.withLibrary(.makes) { open in
      if arguments[watch] {
        var watching = WatchedFolder.Options()
        watching.taking = taking
        watching.settles = arguments[settles]
        return try watch(open.library.care.watch(path, watching), path, context)
      }
      let progress = CommandProgress("Importing", context, isShown: true)
      defer { progress.end() }
      let care = open.library.care
      if isFolder {
        let report = try care.importFolder(
          path, taking, stop: context.stop, progress: progress.sink)
        progress.end()
        return try close(report, report.json, [], context)
      }
      let report = try care.importFormer(
        FormerDatabase(path), stop: context.stop, progress: progress.sink)
      progress.end()
      return try close(
        report.assets, report.json,
        [
          StyledText(
            "\(HumanText.count(report.generations, "generation")),"
              + " \(HumanText.count(report.workflows, "workflow")),"
              + " \(HumanText.count(report.executions, "execution")) and"
              + " \(HumanText.count(report.associations, "association")) came over.")
        ] + report.orphans.map { "\("orphan", .warning)  \($0)" }, context)
    }
  }

  private static func close(
    _ report: ImportReport, _ json: JSONObject, _ more: [StyledText], _ context: CommandContext
  ) throws -> ExitStatus {
    var parts = [
      "\(HumanText.count(report.added, "file")) added",
      "\(HumanText.count(report.duplicates)) known already",
    ]
    if report.passedOver > 0 { parts.append("\(HumanText.count(report.passedOver)) passed over") }
    if report.refused > 0 { parts.append("\(HumanText.count(report.refused)) refused") }
    for refusal in report.refusals where !context.isJSON {
      context.report(refusal.why, about: refusal.what)
    }
    try context.answer(
      .object(json),
      or: [StyledText("\(parts.joined(separator: ", ")); \(HumanText.bytes(report.bytes)).")] + more
    )
    return report.refused == 0 ? .success : .findings
  }

  private static func watch(
    _ folder: WatchedFolder, _ path: FilePath, _ context: CommandContext
  ) throws -> ExitStatus {
    try folder.run(stop: context.stop) { event in
      switch event {
      case .added(let path, let added):
        var object = added.json.object ?? JSONObject()
        object["path"] = .string(path.text)
        let word = added.isDuplicate ? StyledText("known", .quiet) : StyledText("added", .good)
        try? context.answer(
          .object(object), or: [word.padded(to: 6) + "\(added.asset.id.text, .accent)  \(path)"])
      case .refused(let path, let failure): context.report(failure, about: path.text)
      case .waiting: context.say("\("watching \(path)", .quiet)")
      }
    }
    return .success
  }
}
