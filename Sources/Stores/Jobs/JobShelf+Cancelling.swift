import Foundations
import Model

extension JobShelf {
  func cancelJob(_ id: JobID, at now: Timestamp) throws -> Job {
    let job = try requiredJob(id)
    if job.state == .cancelled || job.isCancelWished { return job }
    return try change(job, .cancel, at: now, telling: ["cancel_wished": true])
  }

  /// Wants an open job to end, unless that is wished already.
  func cancelOpen(_ job: Job, at now: Timestamp) throws {
    guard job.isOpen, !job.isCancelWished else { return }
    try change(job, .cancel, at: now, telling: ["cancel_wished": true])
  }

  func retryJob(_ id: JobID, at now: Timestamp) throws -> Job {
    let job = try requiredJob(id)
    if let place = job.place, job.state.isFinal {
      let parent = try requiredJob(place.parent)
      guard parent.state == .waiting else {
        throw ModelFailure(
          .jobBadTransition, "job \(id) is a part of a job that waits for it no longer",
          hint: "retry job \(parent.id), which begins with its lost parts")
      }
    }
    for key in [job.asked.dedupeKey.map(JobKey.dedupe), job.asked.cacheKey.map(JobKey.cache)] {
      if let key, job.place == nil, job.state.isFinal, let open = try openJob(key, of: job.user) {
        throw ModelFailure(
          .jobConflict, "job \(open.id) does the same and is \(open.state.rawValue)",
          hint: "wait for that one")
      }
    }
    try retryTree(job, at: now)
    return try requiredJob(id)
  }

  private func retryTree(_ job: Job, at now: Timestamp) throws {
    // Else it would be given to a worker beside its own parts.
    guard !job.state.isFinal || job.children.pending == 0 else {
      throw ModelFailure(
        .jobBadTransition, "parts of job \(job.id) are still ending", hint: "try again in a moment")
    }
    guard job.children.isFlawed else {
      try change(job, .retry, at: now)
      return
    }
    let lost = try children(of: job.id, in: [.failed, .cancelled, .partiallyCompleted])
    try change(job, .retryChildren, at: now)
    for id in lost {
      let child = try requiredJob(id)
      // One that completed in part by its own judgement has nothing to begin anew.
      if child.state == .partiallyCompleted && !child.children.isFlawed { continue }
      try retryTree(child, at: now)
    }
    try settle(requiredJob(job.id), at: now)
  }
}
