import Encoding
import Engine
import Foundations
import Synchronization

/// Tells of an encode while it goes on: a few lines that are redrawn, plain lines, or JSON Lines.
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

  /// Takes news from whatever thread.
  func tell(_ news: EncodeNews) {
    view.take(news)
    if case .warning(let text) = news { context.say("\("note", .warning): \(text)") }
    // Whoever reads has gone away: the encode is worth more than its story.
    if context.isJSON, let event = json(news) { try? context.out.write(data: event.text()) }
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
    let event: JSONValue = ["event": "job_failed", "error": error.asFailure.json]
    try context.out.write(data: event.text())
  }

  private func json(_ news: EncodeNews) -> JSONValue? {
    switch news {
    case .planned(let plan): return ["event": "job_started", "plan": plan.json]
    case .stage(let stage):
      return ["event": "status_changed", "stage": .string(stage.rawValue)]
    case .progress(let stage, let fraction):
      // Each percent once.
      let percent = Int((fraction * 100).rounded(.down))
      let isNews = lastShare.withLock { last in
        defer { last = (stage, percent) }
        return last.map { $0.0 != stage || $0.1 != percent } ?? true
      }
      guard isNews else { return nil }
      let whole =
        stage.share.lowerBound
        + (stage.share.upperBound - stage.share.lowerBound) * fraction
      return [
        "event": "progress_updated", "stage": .string(stage.rawValue),
        "progress": .double(whole), "stage_progress": .double(fraction),
      ]
    case .segment(let event): return json(event)
    case .warning(let text): return ["event": "warning", "message": .string(text)]
    }
  }

  private func json(_ event: EncodingEvent) -> JSONValue {
    switch event {
    case .measured(let segment, let crf, let quality, let isProbe, let isReused):
      return [
        "event": "segment_measured", "segment": .int(segment), "crf": .double(crf),
        "quality": quality.map { .double($0) } ?? .null, "probe": .bool(isProbe),
        "reused": .bool(isReused),
      ]
    case .retried(let segment, let reason):
      return [
        "event": "segment_retried", "segment": .int(segment), "reason": .string(reason),
      ]
    case .done(let segment, let progress):
      return [
        "event": "segment_complete", "segment": .int(segment),
        "done": .int(progress.segmentsDone), "total": .int(progress.segments),
        "bytes": .int(progress.bytes), "fps": .double(progress.framesPerSecond),
        "average_quality": progress.quality.map { .double($0) } ?? .null,
        "expected_bytes": progress.expectedBytes.map { .int($0) } ?? .null,
      ]
    }
  }
}
