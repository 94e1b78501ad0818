import Engine
import Foundations
import Model
import Runs

/// `mediary run import`.
enum RunImportCommand: Command {
  private static let folder = Argument("FOLDER", .path(.folder), "Where the old runs lie.")
  private static let zone = Option(
    "zone", .zone, "The zone that times without one were written in.", defaultText: "Z")

  static let spec = CommandSpec(
    "import", "Take in the runs of older programs, wherever they lie below a folder.",
    description: [
      "What is there stays as it is. Ids are kept, so that an import which was cut short goes on where it was; "
        + "unknown fields are kept too. Each run is told of as it is done; a damaged one ends nothing.",
      "Ends with status 1 when some could not be read.",
    ],
    arguments: [folder], options: [zone],
    examples: [
      CommandExample("mediary run import exports/json --zone +01:00", "Take in a server's runs"),
      CommandExample(
        "mediary run import exports --json | jq -c 'select(.import.missing != [])'",
        "Find those with files that are gone"),
    ])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    let folder = arguments[folder]
    // A folder that is not there has no runs, and that is not what was meant.
    guard try FileStatus.of(folder).kind == .folder else {
      throw FileFailure(.fileNotFolder, "\(folder) is no folder", hint: "name the folder around it")
    }
    var account = Account()
    try context.withLibrary(.makes) { open in
      try open.runs.importRuns(
        from: folder, zone: arguments[zone] ?? .zero, stop: context.stop
      ) { outcome in
        try account.take(outcome, in: open, context)
      }
    }
    context.say(StyledText(account.summary, .quiet))
    return account.failed == 0 ? .success : .findings
  }

  /// How many came to what.
  private struct Account {
    private var imported = 0
    private var there = 0
    private(set) var failed = 0

    var summary: String {
      var parts = [HumanText.count(imported, "run") + " imported"]
      if there > 0 { parts.append("\(HumanText.count(there)) already there") }
      if failed > 0 { parts.append("\(HumanText.count(failed)) failed") }
      return parts.joined(separator: ", ")
    }

    mutating func take(
      _ outcome: RunImport, in open: OpenLibrary, _ context: CommandContext
    ) throws {
      switch outcome {
      case .imported(let id, let path, let outputs, let missing, let refused):
        imported += 1
        let facts: JSONObject = [
          "from": .string(path.text), "status": "imported",
          "missing": .array(missing.map { .string($0) }),
          "refused": .array(refused.map { .string($0) }),
        ]
        var parts = [StyledText(HumanText.count(outputs, "output"))]
        if !missing.isEmpty { parts.append(StyledText("\(missing.count) missing", .warning)) }
        if !refused.isEmpty { parts.append(StyledText("\(refused.count) refused", .warning)) }
        try show(id, facts, StyledText("imported", .good), parts, open, context)
      case .alreadyThere(let id, let path):
        there += 1
        let facts: JSONObject = [
          "from": .string(path.text), "status": "already_there", "missing": [], "refused": [],
        ]
        try show(id, facts, StyledText("already there", .quiet), [], open, context)
      case .failed(let path, let error):
        failed += 1
        try tell(error.asFailure, path, context)
      }
    }

    private func show(
      _ id: RunID, _ facts: JSONObject, _ what: StyledText, _ parts: [StyledText],
      _ open: OpenLibrary, _ context: CommandContext
    ) throws {
      guard context.isJSON else {
        return try context.out.write("\(id.text, .strong)  " + .dotted([what] + parts))
      }
      var object = try open.report(on: id).json
      object["import"] = .object(facts)
      try context.out.write(data: JSONValue.object(object).text())
    }

    private func tell(
      _ failure: any Failure, _ path: FilePath, _ context: CommandContext
    ) throws {
      guard context.isJSON else { return context.report(failure) }
      let line: JSONValue = [
        "run_id": nil,
        "import": [
          "from": .string(path.text), "status": "failed", "missing": [], "refused": [],
          "error": failure.json,
        ],
      ]
      try context.out.write(data: line.text())
    }
  }
}
