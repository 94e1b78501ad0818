import Engine
import Foundations
import Library
import Model

/// `mediary library add`: files come in.
enum LibraryAddCommand: Command {
  private static let files = Argument(
    "FILE", .path(.file), "A file, a data URI, or - for standard input."
  ).many()
  private static let name = Option(
    "name", .text, "The name it is kept under; the file's own without it.", placeholder: "NAME")
  private static let source = Option(
    "source", .choice(of: AssetSource.self), "How it came to be."
  ).default(.uploaded, shownAs: "uploaded")
  private static let user = Option("user", .text, "Whose it is.", placeholder: "USER")
  private static let id = Option("id", .text, "The id it gets.", placeholder: "ID")
  private static let tag = Option("tag", .text, "A tag to put on it.", placeholder: "TAG")
    .repeated()

  static let spec = CommandSpec(
    "add", "Add files; what is there already is kept once.",
    description: [
      "The files stay where they are. What they tell of how they were made (prompt, model, seed, in the "
        + "file or in the sidecar beside it) is kept and found. Content that is there already gets one more "
        + "name and origin.",
      "Refused are empty files, web pages that call themselves pictures, and files that are written to "
        + "meanwhile; each is told, and the others go on.",
    ],
    arguments: [files], options: [name, source, user, id, tag],
    examples: [
      CommandExample("mediary library add beach.jpg holiday/*.mp4", "Add some files"),
      CommandExample(
        "mediary library add --source generated --user ada out.png --json | jq -r .asset_id",
        "Add what a generator made, and know its id"),
      CommandExample(
        "curl -s https://example.org/a.jpg | mediary library add - --name a.jpg", "Add a stream"),
    ],
    seeAlso: ["library import", "library show"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    let paths = arguments[files]
    if paths.count > 1, arguments[name] != nil || arguments[id] != nil {
      throw UsageFailure(
        .usageConflict, "--name and --id are for one file, and there are \(paths.count)",
        hint: "add them one by one")
    }
    var details = AssetDetails(
      name: arguments[name], source: arguments[source], user: arguments[user])
    details.id = try arguments[id].map { try AssetID($0) }
    var adding = AddFiles(paths, details)
    adding.tags = arguments[tag]
    return try context.withLibrary(.makes) { open in
      var account = Account(context: context, count: paths.count)
      let progress = CommandProgress("Adding", context, isShown: paths.count > 1)
      defer { progress.end() }
      try adding.run(open.library, stop: context.stop) { path, outcome in
        try account.take(path, outcome)
        progress.sink.report(
          ProgressUpdate(Double(account.done), of: Double(paths.count), .items("files"), path.name))
      }
      progress.end()
      try account.close(open, user: details.user)
      return account.status
    }
  }

  /// What came in so far, and what did not.
  private struct Account {
    let context: CommandContext
    let count: Int
    private(set) var done = 0
    private(set) var status = ExitStatus.success
    private var added = 0
    private var duplicates = 0
    private var bytes: Int64 = 0

    init(context: CommandContext, count: Int) {
      self.context = context
      self.count = count
    }

    mutating func take(_ path: FilePath, _ outcome: Result<AddedAsset, any Error>) throws {
      done += 1
      switch outcome {
      case .success(let asset): try show(asset, path)
      case .failure(let error):
        let failure = error.asFailure
        // A stop ends everything and is told once.
        if failure.kind == .cancelled { throw failure }
        context.report(failure, about: path.text.hasPrefix("data:") ? "data URI" : path.text)
        if status == .success { status = ExitStatus(failure) }
      }
    }

    private mutating func show(_ answer: AddedAsset, _ path: FilePath) throws {
      if answer.isDuplicate {
        duplicates += 1
      } else {
        added += 1
        bytes += answer.asset.size
      }
      if context.isJSON { return try context.out.write(data: answer.json.text()) }
      let word: StyledText =
        answer.isRevived
        ? StyledText("back", .accent)
        : answer.isDuplicate ? StyledText("known", .quiet) : StyledText("added", .good)
      try context.out.write([
        word.padded(to: 6) + "\(answer.asset.id.text, .accent)  \(answer.asset.name)  "
          + "\(AssetText.summary(answer.asset), .quiet)"
      ])
    }

    /// The summary for people, and a word of warning where room runs out.
    func close(_ open: OpenLibrary, user: String?) throws {
      if count > 1 {
        var parts = ["\(HumanText.count(added)) added (\(HumanText.bytes(bytes)))"]
        if duplicates > 0 { parts.append("\(HumanText.count(duplicates)) known already") }
        let failed = done - added - duplicates
        if failed > 0 { parts.append("\(HumanText.count(failed)) refused") }
        context.say(StyledText(parts.joined(separator: ", "), .quiet))
      }
      for quota in try open.library.quotas(user: user) where quota.isNearlyFull {
        let whose = quota.user.map { "of \($0)" } ?? "of the library"
        context.err.say(
          "\("warning", .warning): \(HumanText.bytes(quota.used)) of the quota \(whose), \(HumanText.bytes(quota.limit)), are used"
        )
      }
    }
  }
}
