import Encoding
import Foundations

/// What is told of an encode when it has ended.
struct Notice: Sendable {
  /// What happened: `job_completed`, `job_failed`, `folder_completed`.
  let event: String
  let isFailure: Bool
  /// What it is about, in one line.
  let title: String
  /// The rest, in a few words.
  let text: String
  /// What machines are told beside the event.
  let details: JSONObject

  private static let longestTitle = 120

  private init(
    _ event: String, isFailure: Bool, _ title: String, _ text: String, _ details: JSONObject
  ) {
    self.event = event
    self.isFailure = isFailure
    // Of a file's name nobody knows what it holds.
    self.title = String(TerminalSafe.line(title).prefix(Self.longestTitle))
    self.text = TerminalSafe.lines(text)
    self.details = details
  }

  /// A film that is encoded.
  init(_ report: EncodeReport) {
    var parts = [Self.sizes(report.sizeBefore, report.sizeAfter)]
    if let vmaf = report.vmaf { parts.append("VMAF \(String(vmaf.mean, decimals: 1))") }
    parts.append(Self.took(report.seconds))
    self.init(
      "job_completed", isFailure: false, "\(report.input.shownName) is encoded",
      parts.joined(separator: " · "), ["report": report.json])
  }

  /// A film that could not be encoded.
  init(_ failure: any Failure, of input: FilePath, to output: FilePath?) {
    let safe = Redaction.standard.value(failure.json)
    let lines = [failure.message, failure.hint].compactMap { $0 }
    self.init(
      "job_failed", isFailure: true, "\(input.shownName) could not be encoded",
      Redaction.standard.text(lines.joined(separator: "\n")),
      [
        "input": .string(input.text), "output": .string(orNull: output?.text), "error": safe,
      ])
  }

  /// A folder that is done.
  init(_ summary: FolderSummary, of folder: FilePath) {
    let films = HumanText.count(summary.encoded, "film")
    var parts: [String] = []
    if summary.failed > 0 { parts.append("\(HumanText.count(summary.failed)) failed") }
    let skipped = summary.skippedInAll
    if skipped > 0 { parts.append("\(HumanText.count(skipped)) skipped") }
    if summary.encoded > 0 { parts.append(Self.sizes(summary.sizeBefore, summary.sizeAfter)) }
    parts.append(Self.took(summary.seconds))
    self.init(
      "folder_completed", isFailure: summary.failed > 0,
      "\(films) of \(folder.shownName) encoded", parts.joined(separator: " · "),
      ["folder": .string(folder.text), "summary": .object(summary.json)])
  }

  private static func took(_ seconds: Double) -> String {
    "took \(HumanText.duration(.seconds(seconds < 60 ? seconds : seconds.rounded())))"
  }

  private static func sizes(_ before: Int64, _ after: Int64) -> String {
    let share = before > 0 ? " · \(HumanText.percent(Double(after) / Double(before)))" : ""
    return "\(HumanText.bytes(before)) → \(HumanText.bytes(after))\(share)"
  }
}

extension FilePath {
  /// Its last part, or all of it where there is none.
  fileprivate var shownName: String { fileName?.text ?? text }
}
