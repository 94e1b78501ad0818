import Engine
import Foundations
import Jobs
import Model
import Synchronization

/// What a worker says while it works: a line for each job in text, all their events in JSON.
final class WorkerTalk: Sendable {
  private struct State {
    /// The jobs that it has begun, as they stood then.
    var own: [JobID: Job] = [:]
    /// The jobs that were seen to be split, and will come again.
    var split: Set<JobID> = []
    var last: Int64
  }

  private static let page = 500

  private let queue: JobQueue
  private let worker: WorkerOptions
  private let context: CommandContext
  private let state: Mutex<State>
  private let over = StopFlag()
  private let isSilent: Monitor<Bool>

  /// Talk of what happens from now on.
  init(_ engine: JobEngine, _ worker: WorkerOptions, _ context: CommandContext) throws {
    queue = engine.queue
    self.worker = worker
    self.context = context
    state = Mutex(State(last: try engine.lastEvent()))
    isSilent = Monitor(true)
  }

  /// Begins to talk, on a thread of its own.
  func begin() throws {
    var line: StyledText =
      "working as \(worker.name, .strong), \(HumanText.count(worker.slots, "job")) at once"
    if let kinds = worker.kinds { line += ", only \(kinds.sorted().joined(separator: ", "))" }
    context.say(line)
    isSilent.withLock { $0 = false }
    do {
      try OwnThread.start(named: "worker talk") { [self] in
        let last = state.withLock { $0.last }
        // It ends by its flag, or where nobody reads any more; the work goes on without it.
        try? queue.follow(after: last, stop: over) { try self.take($0) }
        isSilent.withLock { $0 = true }
        isSilent.notify()
      }
    } catch {
      isSilent.withLock { $0 = true }
      throw error
    }
  }

  /// Says what is left to be said, and ends.
  func end(_ report: WorkerReport? = nil) {
    over.stop()
    isSilent.wait { $0 ? () : nil }
    try? sayRest()
    if let report { context.say(Self.summary(report)) }
  }

  private func sayRest() throws {
    while true {
      let events = try queue.events(after: state.withLock { $0.last }, atMost: Self.page)
      for event in events { try take(event) }
      if events.count < Self.page { return }
    }
  }

  private func take(_ event: JobEvent) throws {
    defer { state.withLock { $0.last = event.sequence } }
    if event.kind == .started {
      guard event.payload["worker"]?.string == worker.name else {
        state.withLock { $0.own[event.job] = nil }
        return
      }
      guard let job = try? queue.job(event.job) else { return }
      state.withLock { $0.own[event.job] = job }
    }
    if event.payload["new"]?.string == JobState.waiting.rawValue {
      state.withLock { _ = $0.split.insert(event.job) }
    }
    if event.isLast { state.withLock { _ = $0.split.remove(event.job) } }
    guard let job = state.withLock({ $0.own[event.job] }) else { return }
    // A job that has ended is forgotten: there is no end of them.
    defer { if event.isLast { state.withLock { $0.own[event.job] = nil } } }
    if context.isJSON { return try context.out.write(data: JSONValue.object(event.json).text()) }
    if let line = line(event, job) { context.say(line) }
  }

  /// What is worth a line; of parts only what went wrong.
  private func line(_ event: JobEvent, _ job: Job) -> StyledText? {
    let word: StyledText
    switch event.kind {
    case .started:
      let isSplit = state.withLock { $0.split.contains(event.job) }
      word = StyledText(isSplit ? "joining" : "began", .accent)
    case .completed: word = StyledText("completed", .good)
    case .failed: word = StyledText("failed", .bad)
    case .cancelled: word = StyledText("cancelled", .warning)
    case .statusChanged where event.payload["error"]?.object != nil:
      word = StyledText("tries again", .warning)
    case .statusChanged where event.payload["new"]?.string == JobState.waiting.rawValue:
      word = StyledText("split", .accent)
    default: return nil
    }
    guard job.place == nil || [.failed, .statusChanged].contains(event.kind) else { return nil }
    var line = word.padded(to: 11) + "  \(job.id.text, .strong)  \(job.kind)"
    if let error = event.payload["error"]?.object, let message = error["message"]?.string {
      line += "  \(message)"
    }
    return line
  }

  private static func summary(_ report: WorkerReport) -> StyledText {
    let counts: [(Int, String)] = [
      (report.completed, "completed"), (report.failed, "failed"),
      (report.retried, "to be tried again"),
      (report.cancelled, "cancelled"), (report.returned, "given back"), (report.lost, "lost"),
    ]
    let told = counts.filter { $0.0 > 0 }.map { "\(HumanText.count($0.0)) \($0.1)" }
    return StyledText(
      told.isEmpty ? "nothing was to be done" : told.joined(separator: ", "), .quiet)
  }
}

extension JobEvent {
  fileprivate var isLast: Bool { [.completed, .failed, .cancelled].contains(kind) }
}
