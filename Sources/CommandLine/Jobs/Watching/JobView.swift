import Foundations
import Jobs
import Model
import Synchronization

/// Jobs that go on, as lines that are redrawn: a bar for each, and the parts of it that run.
final class JobView: LiveContent {
  private static let mostParts = 6
  // A worker that is there takes a job at once.
  private static let patience = Duration.seconds(2)

  private struct Shown {
    var job: Job
    var parts: [Job] = []
  }

  private let state: Mutex<[Shown]>

  /// A view of some jobs as they stand.
  init(_ jobs: [Job]) { state = Mutex(jobs.map { Shown(job: $0) }) }

  /// Looks how they stand now; what cannot be read now stays as it was shown last.
  func look(_ ids: [JobID], in queue: JobQueue) {
    for (place, id) in ids.enumerated() {
      guard let job = try? queue.job(id) else { continue }
      var parts: [Job] = []
      if job.children.pending > 0 {
        var filter = JobFilter()
        filter.parent = id
        filter.states = [.running]
        parts = (try? queue.list(filter, atMost: Self.mostParts).items) ?? []
      }
      let shown = Shown(job: job, parts: parts)
      state.withLock { $0[place] = shown }
    }
  }

  func lines(on terminal: Terminal, at uptime: Duration) -> [StyledText] {
    let all = state.withLock { $0 }
    let now = SystemTime().now
    var titles = all.map { all.count > 1 ? "\($0.job.kind) \($0.job.id)" : $0.job.kind }
    titles += all.flatMap { $0.parts.map(Self.title) }
    // One width for all, so that the bars stand below one another.
    let width = min(titles.map(\.displayWidth).max() ?? 0, max(10, terminal.width / 3))
    return all.flatMap { shown -> [StyledText] in
      let job = shown.job
      let title = all.count > 1 ? "\(job.kind) \(job.id)" : job.kind
      let line = JobLine(
        title: StyledText(title, .strong), width: width, job: job,
        facts: facts(of: job, now: now))
      let parts = shown.parts.map { part in
        JobLine(
          title: StyledText(Self.title(part)), width: width, job: part,
          facts: facts(of: part, now: now))
      }
      return ([line] + parts).map { $0.text(on: terminal, at: uptime) }
    }
  }

  func summary(at uptime: Duration) -> StyledText? {
    let jobs = state.withLock { $0.map(\.job) }
    return .dotted(
      jobs.map { job in
        "\(job.kind) \(job.state.shown) \(job.progress.fraction.map(JobText.share) ?? "")"
      })
  }

  private static func title(_ part: Job) -> String { "  part \((part.place?.ordinal ?? 0) + 1)" }

  /// What there is to tell beside the bar, the most wanted first.
  private func facts(of job: Job, now: Timestamp) -> [StyledText] {
    var facts: [StyledText] = []
    if let left = left(job, now: now) { facts.append("\(HumanText.duration(left)) left") }
    if let parts = JobText.parts(job) { facts.append(StyledText(parts)) }
    switch job.state {
    case .created: facts.append(StyledText("held", .quiet))
    case .queued:
      if job.runAt > now {
        facts.append("not before \(job.runAt.shown)")
      } else if job.attempts > 0, let error = job.error {
        facts.append("again after \(error.code, .warning)")
      } else if now - job.createdAt > Self.patience {
        facts += [StyledText("needs a worker", .warning), StyledText("`mediary worker`", .quiet)]
      }
    case .running, .waiting:
      if let stage = job.stage, job.children.pending == 0 { facts.append(StyledText(stage)) }
      if !job.progress.message.isEmpty { facts.append(StyledText(job.progress.message, .quiet)) }
    case .completed, .partiallyCompleted, .failed, .cancelled: facts.append(job.state.shown)
    }
    return facts
  }

  /// The time left: as the job reckons it, or by how long its parts took until now.
  private func left(_ job: Job, now: Timestamp) -> Duration? {
    guard job.isOpen else { return nil }
    if let seconds = job.progress.etaSeconds { return .seconds(seconds.rounded()) }
    let children = job.children
    guard children.pending > 0, children.ended > 0, let time = JobText.time(job, now: now) else {
      return nil
    }
    let left = time / .seconds(1) * Double(children.pending) / Double(children.ended)
    return .seconds(left.rounded())
  }
}
