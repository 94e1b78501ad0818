import Foundations
import Model

extension JobShelf {
  func claimJob(_ claim: Claim, at now: Timestamp) throws -> Job? {
    if let known = try claimedJob(claim.id) { return known.state == .running ? known : nil }
    for group in ClaimOrder.groups(try laneLoads(), for: claim) {
      guard let next = try oldestDue(in: group, at: now) else { continue }
      return try change(next, .claim, at: now) { job in
        job.claim = claim.id
        job.lease = JobLease(worker: claim.worker, until: now + claim.lease)
        job.heartbeat = now
        job.startedAt = job.startedAt ?? now
        // What comes after the children goes on from where they are.
        if !job.isJoin {
          job.progress = JobProgress()
          job.stage = nil
        }
      }
    }
    return nil
  }

  func heartbeat(_ ticket: JobTicket, lease: Duration, at now: Timestamp) throws -> Heartbeat {
    let old = try held(ticket)
    // A clock that was set back shortens no lease.
    let until = max(now + lease, old.lease?.until ?? now)
    var job = old
    job.lease?.until = until
    job.heartbeat = now
    try saveJob(job, was: old)
    return Heartbeat(until: until, isCancelWished: job.isCancelWished)
  }

  func reportJob(_ ticket: JobTicket, _ report: JobReport, at now: Timestamp) throws -> Job {
    let old = try held(ticket)
    var job = old
    job.stage = report.stage ?? old.stage
    job.progress = report.progress ?? old.progress
    job.use = report.use ?? old.use
    try NewJob.check(.object(job.progress.details), "progress")
    var events: [ToldEvent] = []
    if job.progress != old.progress || job.stage != old.stage {
      events.append(
        ToldEvent(
          .progressUpdated,
          ["progress": .object(job.progress.json), "stage": .string(orNull: job.stage)]))
    }
    if job.use != old.use {
      events.append(ToldEvent(.resourceUpdated, ["use": .object(job.use.json)]))
    }
    if !events.isEmpty { try save(&job, was: old, telling: events, at: now) }
    return job
  }

  /// The job of a ticket that is good and whose worker has it.
  private func held(_ ticket: JobTicket) throws -> Job {
    let job = try job(of: ticket)
    guard job.state == .running else { throw ModelFailure.leaseLost(ticket) }
    return job
  }

  /// The job of a ticket that is good.
  func job(of ticket: JobTicket) throws -> Job {
    let job = try requiredJob(ticket.job)
    guard job.epoch == ticket.epoch else { throw ModelFailure.leaseLost(ticket) }
    return job
  }
}
