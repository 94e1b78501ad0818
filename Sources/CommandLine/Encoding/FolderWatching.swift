import Encoding
import Engine
import Foundations
import Synchronization

/// `mediary encode FOLDER OUT --watch`.
struct FolderWatching {
  /// What is told of the films that are encoded just now; between them there is nothing to show.
  private final class Talk: Sendable {
    private let context: CommandContext
    private let folder: FilePath
    private let talk = Mutex<EncodeTalk?>(nil)
    private let hasWaited = Mutex(false)

    init(_ folder: FilePath, _ context: CommandContext) {
      self.folder = folder
      self.context = context
    }

    func tell(_ news: FolderNews) {
      if case .planned = news { begin() }
      let talk = talk.withLock { $0 }
      talk?.tell(news)
      guard case .failed(let name, let failure) = news else { return }
      if context.isJSON { return context.report(failure, about: name) }
      if let hint = failure.hint { context.say("\("hint", .accent): \(hint)") }
    }

    /// All films that were there are done.
    func wait() {
      end()
      if context.isJSON {
        let event: JSONValue = ["event": "watching", "folder": .string(folder.text)]
        try? context.out.write(data: event.text())
      }
      let isFirst = hasWaited.withLock { hasWaited in
        defer { hasWaited = true }
        return !hasWaited
      }
      if isFirst { context.say("\("watching \(folder)", .quiet)") }
    }

    func end() {
      let talk = talk.withLock { talk in
        defer { talk = nil }
        return talk
      }
      talk?.end()
    }

    private func begin() {
      end()
      let talk = EncodeTalk(title: folder.fileName?.text ?? folder.text, context)
      self.talk.withLock { $0 = talk }
    }
  }

  private let context: CommandContext

  init(_ context: CommandContext) { self.context = context }

  /// Goes on until it is told to stop.
  func run(_ request: FolderRequest, _ options: WatchFolder.Options) throws -> ExitStatus {
    let places = try EncodingPlaces(context.configuration())
    let notices = try context.encodeNotices()
    let talk = Talk(request.folder, context)
    defer {
      talk.end()
      notices.close()
    }
    let watch = WatchFolder(places, options) { news in
      talk.tell(news)
      switch news {
      case .encoded(_, let report): notices.finished(report)
      case .failed(let name, let failure):
        notices.failed(failure, of: request.folder.appending(name))
      default: break
      }
    } isWaiting: {
      talk.wait()
    }
    let summary = try watch.run(request, stop: context.stop)
    talk.end()
    if context.isJSON {
      try context.out.write(data: EncodeEvents.summary(summary).text())
    } else {
      context.say(Self.text(summary))
    }
    // Who asked it to stop is told that it did: 130 after SIGINT, 143 after SIGTERM.
    return ExitStatus(number: context.stop.reason?.exitStatus ?? 0)
  }

  private static func text(_ summary: FolderSummary) -> StyledText {
    var parts: [StyledText] = ["\(HumanText.count(summary.encoded, "film")) encoded"]
    if summary.failed > 0 {
      parts.append(StyledText("\(HumanText.count(summary.failed)) failed", .bad))
    }
    if summary.skippedInAll > 0 {
      parts.append("\(HumanText.count(summary.skippedInAll)) skipped")
    }
    if summary.encoded > 0 {
      parts.append(
        "\(HumanText.bytes(summary.sizeBefore)) → \(HumanText.bytes(summary.sizeAfter))")
    }
    return .dotted(parts)
  }
}
