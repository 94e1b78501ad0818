import Foundations
import Model

extension JobShelf {
  func submitJob(
    _ new: NewJob, id: JobID, isFresh: Bool, at now: Timestamp
  ) throws -> SubmittedJob {
    try submitJob(new, id: id, children: [], isFresh: isFresh, at: now)
  }

  func submitJob(
    _ new: NewJob, id: JobID, children: [NewChild], isFresh: Bool, at now: Timestamp
  ) throws -> SubmittedJob {
    try new.check()
    try check(children)
    if children.contains(where: { $0.id == id }) {
      throw ModelFailure(.jobConflict, "job \(id) cannot be a part of itself")
    }
    if let known = try sameJob(new, id) { return known }
    if let joined = try openJob(like: new) {
      return SubmittedJob(try raise(joined, to: new.priority), .joined)
    }
    let answer = isFresh ? nil : try new.cacheKey.flatMap { try completedJob(cacheKey: $0) }
    if let answer, answer.user == new.user { return SubmittedJob(answer, .cached) }
    // Of another user's job nothing but its result may be seen.
    var job = Job.made(id, new, place: nil, from: answer, at: now)
    if answer != nil || children.isEmpty {
      try insert(job, at: now)
    } else {
      if !new.isHeld { job.state = .waiting }
      let made = try makeChildren(
        children, of: &job, isHeld: new.isHeld, isFresh: isFresh, at: now)
      try checkAreNew(made)
      try insert(job, at: now)
      try insertChildren(made, of: requiredJob(id), at: now)
    }
    return SubmittedJob(try requiredJob(id), answer == nil ? .new : .cached)
  }

  private func sameJob(_ new: NewJob, _ id: JobID) throws -> SubmittedJob? {
    guard let known = try job(id) else { return nil }
    let asked = known.asked
    guard known.place == nil, asked.kind == new.kind, asked.queue == new.queue,
      asked.user == new.user, asked.input == new.input
    else {
      throw ModelFailure(.jobConflict, "the id \(id) stands for another job already")
    }
    return SubmittedJob(known, .same)
  }

  private func openJob(like new: NewJob) throws -> Job? {
    for key in [new.dedupeKey.map(JobKey.dedupe), new.cacheKey.map(JobKey.cache)] {
      if let key, let open = try openJob(key, of: new.user) { return open }
    }
    return nil
  }

  /// Who joins a job that waits brings its own priority along.
  private func raise(_ old: Job, to priority: Int) throws -> Job {
    guard old.state == .queued || old.state == .created, old.asked.priority < priority else {
      return old
    }
    var job = old
    job.asked.priority = priority
    try saveJob(job, was: old)
    return job
  }

  func check(_ children: [NewChild]) throws(ModelFailure) {
    guard children.count <= NewJob.mostChildren else {
      throw ModelFailure(
        .jobTooLarge,
        "a job is split into \(children.count) at once, the most is"
          + " \(NewJob.mostChildren)")
    }
    guard Set(children.map(\.id)).count == children.count else {
      throw ModelFailure(.jobConflict, "two children of a job have the same id")
    }
  }

  func checkAreNew(_ jobs: [Job]) throws {
    for new in jobs {
      if try job(new.id) != nil {
        throw ModelFailure(.jobConflict, "the id \(new.id) stands for another job already")
      }
    }
  }

  func releaseJob(_ id: JobID, at now: Timestamp) throws -> Job {
    let job = try requiredJob(id)
    guard job.state == .created else {
      if job.isOpen { return job }
      return try change(job, .release, at: now)
    }
    guard job.children.total > 0 else { return try change(job, .release, at: now) }
    let released = try change(job, .releaseChildren, at: now)
    for child in try children(of: id, in: [.created]) {
      try change(requiredJob(child), .release, at: now)
    }
    try settle(released, at: now)
    return try requiredJob(id)
  }
}
