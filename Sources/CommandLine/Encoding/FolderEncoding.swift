import Encoding
import Engine
import Foundations
import Synchronization

/// `mediary encode FOLDER OUT`.
struct FolderEncoding {
  private final class Account: Sendable {
    let encoded = Mutex<[(film: PlannedFilm, report: EncodeReport)]>([])
    let failures = Mutex<[(name: String, failure: any Failure)]>([])
  }

  private let context: CommandContext

  init(_ context: CommandContext) { self.context = context }

  func run(_ request: FolderRequest, isDry: Bool) throws -> ExitStatus {
    let places = try EncodingPlaces(context.configuration())
    guard !isDry else {
      let plan = try EncodeFolder(places).plan(request, stop: context.stop)
      return try show(plan)
    }
    let notices = try context.encodeNotices()
    let talk = EncodeTalk(title: request.folder.fileName?.text ?? request.folder.text, context)
    defer {
      talk.end()
      notices.close()
    }
    talk.beginFolder()
    let account = Account()
    let context = context
    let folder = EncodeFolder(places) { news in
      switch news {
      case .encoded(let film, let report):
        account.encoded.withLock { $0.append((film, report)) }
      case .failed(let name, let failure):
        account.failures.withLock { $0.append((name, failure)) }
        notices.failed(failure, of: request.folder.appending(name))
        if context.isJSON { context.report(failure, about: name) }
      default: break
      }
      talk.tell(news)
    }
    let summary = try folder.run(request, stop: context.stop)
    talk.end()
    notices.ended(request.folder, summary)
    let failures = account.failures.withLock { $0 }
    try show(summary, account.encoded.withLock { $0 }, failures)
    if let stopped = summary.stopped { throw stopped }
    return status(summary, failures.map(\.failure))
  }

  private func status(_ summary: FolderSummary, _ failures: [any Failure]) -> ExitStatus {
    guard let first = failures.first else { return .success }
    let isAlone = failures.count == 1 && summary.encoded + summary.skippedInAll == 0
    return isAlone ? ExitStatus(first) : .findings
  }

  private func show(
    _ summary: FolderSummary, _ encoded: [(film: PlannedFilm, report: EncodeReport)],
    _ failures: [(name: String, failure: any Failure)]
  ) throws {
    guard !context.isJSON else {
      return try context.out.write(data: EncodeEvents.summary(summary).text())
    }
    // Between what was told on the way and what is told at the end.
    if context.err.terminal.isInteractive { context.say("") }
    try context.out.write(EncodeFolderText.lines(encoded, summary, context.out.terminal))
    for (name, failure) in failures {
      context.say("")
      context.say(StyledText(name, .strong))
      context.report(failure)
    }
  }

  private func show(_ plan: FolderPlan) throws -> ExitStatus {
    if context.isJSON {
      for film in plan.films { try context.out.write(data: EncodeEvents.planned(film).text()) }
      try context.out.write(data: EncodeEvents.planned(plan).text())
    } else {
      try context.out.write(EncodeFolderText.lines(plan, context.out.terminal))
    }
    for (name, failure) in plan.failures { context.report(failure, about: name.text) }
    return plan.failures.isEmpty ? .success : .findings
  }
}
