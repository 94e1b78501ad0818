import Foundations
import Model

extension WorkerRun {
  /// What comes due so soon is waited for: the longest wait between two attempts.
  private static let drainHorizon = Duration.seconds(60)
  private static let drainLook = 200

  /// Whether nothing runs on any worker that this one could have to take over, and nothing that it
  /// could do comes due soon; asked when it has found nothing to do.
  func isDrained() -> Bool {
    let kinds = Set(setup.kinds.keys)
    // What has come due since then was not looked for.
    guard let now = state.withLock({ $0.nothingAt }) else { return false }
    let horizon = clock.now + Self.drainHorizon
    do {
      return try store.readJobs { reading in
        let counts = try reading.jobCounts().filter { kinds.contains($0.kind) }
        if counts.contains(where: { $0.state == .running }) { return false }
        guard counts.contains(where: { $0.state == .queued }) else { return true }
        var filter = JobFilter()
        filter.states = [.queued]
        filter.kinds = kinds
        let queued = try reading.jobs(filter, after: nil, atMost: Self.drainLook).items
        return !queued.contains { $0.runAt > now && $0.runAt <= horizon }
      }
    } catch {
      log.warning("it is not known whether there is more to do", because: error)
      return false
    }
  }
}
