import Foundations
import Model

/// What a job has told of itself and the store has not heard yet: a pure value.
struct ReportDraft: Sendable {
  private static let longestText = 500

  private var stage: String?
  private var progress: JobProgress
  private var use: JobUse
  private var estimate = ProgressEstimate()
  private var told: JobReport

  /// A draft of a job as its worker was given it.
  init(_ job: Job) {
    stage = job.stage
    progress = job.progress
    use = job.use
    told = JobReport(stage: stage, progress: progress, use: use)
  }

  var newestStage: String? { stage }

  mutating func note(_ update: ProgressUpdate, at uptime: Duration) {
    var left: Duration?
    if let total = update.total {
      estimate.record(update.done, at: uptime)
      left = estimate.remaining(to: total, at: uptime)
    }
    progress = JobProgress(
      fraction: update.fraction, message: String(update.message.prefix(Self.longestText)),
      etaSeconds: left.map { $0 / .seconds(1) }, details: progress.details)
  }

  mutating func note(stage: String) {
    let short = String(stage.prefix(Self.longestText))
    // Each stage goes at its own pace.
    if short != self.stage { estimate = ProgressEstimate() }
    self.stage = short
  }

  /// Whether there was room for them.
  mutating func note(details: JSONObject) -> Bool {
    var all = progress.details
    for (key, value) in details.members { all[key] = value }
    guard (try? NewJob.check(.object(all), "progress")) != nil else { return false }
    progress.details = all
    return true
  }

  mutating func note(_ use: JobUse) { self.use = use }

  /// What is new since it was last told; nil where nothing is.
  mutating func take() -> JobReport? {
    let news = JobReport(stage: stage, progress: progress, use: use)
    guard news != told else { return nil }
    told = news
    return news
  }

  /// Forgets that a report was told, since it was not.
  mutating func giveBack() { told = JobReport() }
}
