import Engine
import Foundations
import Media

/// `mediary probe`: what media files hold.
enum ProbeCommand: Command {
  private static let files = Argument(
    "FILE", .path(.file), "A file, a folder with all below it, or - for standard input."
  ).many()

  private static let tags = Option.flag("tags", "Show the files' tags too.")

  static let spec = CommandSpec(
    "probe", "Describe media files: streams, codecs, sizes, colour, chapters, tags.",
    description: [
      "Opens each file in process, reads as little of it as tells the truth, and checks that it is "
        + "as long as it says itself. HDR10 data are taken from the first picture where only that has them.",
      "Files that fail are told one by one on standard error, and the others go on. In a folder, files "
        + "that are no media are passed over.",
    ],
    arguments: [files], options: [tags, Jobs.option],
    examples: [
      CommandExample("mediary probe film.mkv", "Describe a film"),
      CommandExample(
        "mediary probe --json *.mp4 | jq -r '[.path, .video.resolution] | @tsv'",
        "List the resolution of many"),
      CommandExample("mediary probe --json ~/Films", "Describe everything in a folder"),
      CommandExample("curl -s https://example.org/clip.mp4 | mediary probe -", "Describe a stream"),
    ],
    seeAlso: ["doctor"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    var account = Account(context: context, showsTags: arguments[tags])
    let configuration = try context.configuration()
    let probe = ProbeMedia(
      workers: Jobs.count(configuration), log: context.log(configuration))
    try probe.run(arguments[files], stop: context.stop) { try account.take($0) }
    return account.close(named: arguments[files])
  }

  /// What has been shown so far, and what is to be said at the end.
  private struct Account {
    let context: CommandContext
    let showsTags: Bool
    private var described = 0
    private var passedOver = 0
    private var failures: [ExitStatus] = []

    init(context: CommandContext, showsTags: Bool) {
      self.context = context
      self.showsTags = showsTags
    }

    mutating func take(_ outcome: ProbeMedia.Outcome) throws {
      switch outcome {
      case .report(let report): try show(report)
      case .passedOver: passedOver += 1
      case .failed(let path, let failure): fail(failure, path.text)
      }
    }

    private mutating func show(_ report: MediaReport) throws {
      if context.isJSON {
        try context.out.write(data: report.json.text())
      } else {
        if described > 0 { try context.out.write("") }
        try context.out.write(
          ReportText(report, showsTags: showsTags, terminal: context.out.terminal).lines)
      }
      described += 1
      if let failure = report.truncation { fail(failure, report.name) }
    }

    private mutating func fail(_ failure: any Failure, _ path: String) {
      context.report(failure, about: path)
      failures.append(ExitStatus(failure))
    }

    /// The summary for people, and the status: that of the first file that failed.
    func close(named paths: [FilePath]) -> ExitStatus {
      if described + failures.count + passedOver != 1 || passedOver > 0 {
        var parts = [HumanText.count(described, "file") + " described"]
        if !failures.isEmpty { parts.append(HumanText.count(failures.count, "error")) }
        if passedOver > 0 {
          parts.append(
            "\(HumanText.count(passedOver)) passed over that \(passedOver == 1 ? "is" : "are") no media"
          )
        }
        context.say(StyledText(parts.joined(separator: ", "), .quiet))
      }
      return failures.first ?? .success
    }
  }
}

extension MediaReport {
  /// The failure that a missing end is, beside the report on what is there.
  fileprivate var truncation: MediaFailure? {
    guard case .truncated(let missing) = completeness else { return nil }
    return MediaFailure(truncated: name, missingBytes: missing)
  }
}
