import Blobs
import Engine
import Foundations
import Library
import Model

/// `mediary library verify`: whether everything is there and is what it should be.
enum LibraryVerifyCommand: Command {
  private static let quick = Option.flag(
    "quick", "Read no content again: look whether it is there and how large it is.")
  private static let repair = Option.flag(
    "repair", "Put damaged content aside, and bring back what can be brought back.")
  private static let anew = Option.flag("anew", "Begin at the beginning, whatever was ended.")
  private static let atMost = Option(
    "at-most", .duration, "End after so long, to be taken up again.", placeholder: "TIME")

  static let spec = CommandSpec(
    "verify", "Look whether everything is there and is what it should be.",
    description: [
      "Each content is read again and compared with its SHA-256; the catalogue is checked; each run's "
        + "folder is compared with its metadata and the catalogue. One that was ended goes on where it was. "
        + "Nothing is changed without `--repair`, and nothing is deleted with it: damaged content is moved to "
        + "`quarantine/`.",
      "Ends with status 1 when something is wrong. What is just coming in is told, and is no fault.",
    ],
    options: [quick, repair, anew, atMost],
    examples: [
      CommandExample("mediary library verify", "Look at everything"),
      CommandExample(
        "mediary library verify --at-most 1h", "Look for an hour, and go on the next time"),
    ],
    seeAlso: ["library rebuild", "library gc"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    var verifying = VerifyLibrary()
    verifying.content.readsBytes = !arguments[quick]
    verifying.content.repairs = arguments[repair]
    verifying.content.resumes = !arguments[anew]
    verifying.content.atMost = arguments[atMost]
    return try context.withLibrary { open in
      let progress = CommandProgress("Verifying", context, isShown: true)
      defer { progress.end() }
      let report = try verifying.run(open, stop: context.stop, progress: progress.sink)
      progress.end()
      try context.answer(report.json, or: VerifyText.lines(report))
      return report.isSound ? .success : .findings
    }
  }
}

/// What a verification found, as people read it.
enum VerifyText {
  static func lines(_ report: VerifyLibrary.Report) -> [StyledText] {
    var lines = report.content.findings.map(line) + report.runs.flatMap(line)
    if !lines.isEmpty { lines.append("") }
    let content = report.content
    lines.append(
      StyledText(
        "\(HumanText.count(content.assets, "asset")), \(HumanText.count(content.blobs, "content"))"
          + " of \(HumanText.bytes(content.bytes)), \(HumanText.count(report.lookedAtRuns, "run"))",
        .quiet))
    if !content.isComplete {
      lines.append("Ended before the end; the next `mediary library verify` goes on from here.")
    }
    lines.append(
      report.isSound
        ? StyledText("Everything is there and is what it should be.", .good)
        : StyledText("\(HumanText.count(report.problems, "problem")) found.", .bad))
    return lines
  }

  private static func line(_ finding: VerifyFinding) -> StyledText {
    let word = StyledText(
      finding.word.map { $0 == "_" ? " " : String($0) }.joined(),
      finding.isProblem ? .bad : .quiet
    ).padded(to: 11)
    switch finding {
    case .missing(let asset, let blob):
      return word + "asset \(asset.text, .accent)  \(blob.description)"
    case .damaged(let blob, let aside):
      return word + "\(blob.description)"
        + StyledText(aside.map { "  moved to \($0)" } ?? "", .quiet)
    case .untracked(let blob, let bytes), .inFlight(let blob, let bytes):
      return word + "\(blob.description)  \(HumanText.bytes(bytes))"
    case .recovered(let blob, let source): return word + "\(blob.description)  from \(source)"
    case .database(let problem): return word + StyledText(problem)
    }
  }

  private static func line(_ run: VerifyLibrary.RunFinding) -> [StyledText] {
    run.words.map { what in
      StyledText("run", run.isProblem ? .bad : .quiet).padded(to: 11)
        + "\(run.run.text, .accent)  \(what)"
    }
  }
}
