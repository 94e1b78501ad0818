import Foundations
import Model

/// The thread that tells the store how the jobs go: of all in one transaction, a few times a second.
extension WorkerRun {
  static let reportInterval = Duration.milliseconds(500)

  func reportProgress() {
    while true {
      let isOver = state.wait(atMost: Self.reportInterval) { $0.isOver ? true : nil }
      if isOver == true { return }
      let isIdle = state.wait { state -> Bool? in
        if state.isOver { return true }
        return state.held.isEmpty ? nil : false
      }
      if isIdle { return }
      report()
    }
  }

  private func report() {
    let news = heldJobs.filter { !$0.isStuck && $0.cause != .leaseLost }.compactMap { job in
      job.takeReport().map { (job: job, report: $0) }
    }
    if news.isEmpty { return }
    let now = clock.now
    let told = news.map { (ticket: $0.job.ticket, report: $0.report) }
    do {
      let lost = try store.writeJobs { transaction in
        try told.map { ticket, report -> Bool in
          do {
            _ = try transaction.reportJob(ticket, report, at: now)
            return false
          } catch let failure as ModelFailure
            where failure.code == .jobLeaseLost || failure.code == .jobNotFound
          {
            return true
          }
        }
      }
      for (item, isLost) in zip(news, lost) where isLost { lose(item.job) }
    } catch {
      for item in news { item.job.giveReportBack() }
      log.warning("progress could not be told; it is tried again", because: error)
    }
  }
}
