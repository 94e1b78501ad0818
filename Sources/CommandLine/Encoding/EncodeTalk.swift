import Encoding
import Engine
import Foundations
import Synchronization

/// Tells of encodes while they go on: a few lines that are redrawn, plain lines, or JSON Lines.
final class EncodeTalk: Sendable {
  private static let pause = Duration.milliseconds(100)

  private let context: CommandContext
  private let view: EncodeView
  private let region: LiveRegion?
  private let ending = StopFlag()
  private let isEnded = Mutex(false)
  private let lastShare = Mutex<(EncodeStage, Int)?>(nil)

  init(title: String, _ context: CommandContext) {
    self.context = context
    let time = SystemTime()
    view = EncodeView(title, time: time)
    guard !context.isJSON, !context.isQuiet else {
      region = nil
      return
    }
    let region = LiveRegion(view, on: context.err, time: time, stop: context.stop)
    self.region = region
    let ending = ending
    try? OwnThread.start(named: "progress") {
      let bell = Monitor(())
      let token = ending.onStop { _ in bell.notify() }
      defer { ending.removeAction(token) }
      while !ending.isStopped {
        region.refresh()
        _ = bell.wait(atMost: Self.pause) { _ in ending.isStopped ? true : nil }
      }
    }
  }

  /// Begins with a folder, whose films are looked for.
  func beginFolder() { view.beginFolder() }

  /// Takes news of the one film from whatever thread.
  func tell(_ news: EncodeNews) { tell(news, of: nil) }

  /// Takes news of a folder.
  func tell(_ news: FolderNews) {
    switch news {
    case .planned(let plan): view.begin(plan)
    case .began(let film, let index, let count): view.begin(film, index, of: count)
    case .film(let film, let news): tell(news, of: film.name.text)
    case .encoded(let film, let report):
      view.endFilm()
      say("encoded", .good, film.name, EncodeText.short(report))
      write(EncodeEvents.completed(report, of: film.name.text))
    case .skipped(let film, let reason):
      say("skipped", .quiet, film.name, StyledText(reason.words, .quiet))
      write(EncodeEvents.skipped(film, reason))
    case .stopped(let film, let failure):
      write(EncodeEvents.failed(failure, of: film.name.text))
    case .failed(let name, let failure):
      view.endFilm()
      say("failed", .bad, FilePath(name), StyledText(failure.message, .quiet))
      write(EncodeEvents.failed(failure, of: name))
    }
  }

  /// Takes the lines away.
  func end() {
    let isFirst = isEnded.withLock { isEnded in
      defer { isEnded = true }
      return !isEnded
    }
    guard isFirst else { return }
    ending.stop()
    region?.finish(keeping: false)
  }

  /// The last event of an encode that failed.
  func failed(_ error: any Error) throws {
    guard context.isJSON else { return }
    try context.out.write(data: EncodeEvents.failed(error.asFailure).text())
  }

  private func tell(_ news: EncodeNews, of file: String?) {
    view.take(news)
    if case .warning(let text) = news { context.say("\("note", .warning): \(text)") }
    if let event = event(news, of: file) { write(event) }
  }

  private func event(_ news: EncodeNews, of file: String?) -> JSONValue? {
    guard case .progress(let stage, let fraction) = news else {
      return EncodeEvents.news(news, of: file)
    }
    // Each percent once.
    let percent = Int((fraction * 100).rounded(.down))
    let isNews = lastShare.withLock { last in
      defer { last = (stage, percent) }
      return last.map { $0.0 != stage || $0.1 != percent } ?? true
    }
    guard isNews else { return nil }
    return EncodeEvents.progress(stage, fraction, of: file)
  }

  private func say(_ word: String, _ style: TextStyle, _ name: FilePath, _ what: StyledText) {
    let terminal = context.err.terminal
    var name = StyledText(name.description)
    var start = StyledText(word, style).padded(to: 7) + "  "
    if terminal.isInteractive {
      // A name as long as it likes would push out what is told of it.
      let room = terminal.width - 1 - start.width - what.width - 3
      name = name.clipped(to: max(16, room), .middle, ellipsis: terminal.ellipsis)
      start += .dotted([name, what])
      return context.say(start.clipped(to: terminal.width - 1, ellipsis: terminal.ellipsis))
    }
    context.say(start + .dotted([name, what]))
  }

  private func write(_ event: JSONValue) {
    // Whoever reads has gone away: the encode is worth more than its story.
    if context.isJSON { try? context.out.write(data: event.text()) }
  }
}
