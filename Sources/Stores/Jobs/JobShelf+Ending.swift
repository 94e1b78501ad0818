import Foundations
import Model

/// The ends of a worker's part.
///
/// A ticket's epoch passes with the job's next claim, and when the job is taken away. As long as it is
/// good and the job does not run, the worker has ended its part itself.
extension JobShelf {
  func completeJob(
    _ ticket: JobTicket, result: JSONValue, inPart: Bool, at now: Timestamp
  ) throws -> Job {
    let job = try job(of: ticket)
    guard job.state == .running else { return job }
    try NewJob.check(result, "result")
    let isPart = inPart || job.children.isFlawed
    return try change(job, isPart ? .completeInPart : .complete, at: now) { job in
      job.result = result
      job.error = nil
      job.progress.fraction = 1
      job.progress.etaSeconds = nil
    }
  }

  func failJob(
    _ ticket: JobTicket, _ error: JobError, tryAgainIn delay: Duration?, at now: Timestamp
  ) throws -> Job {
    let job = try job(of: ticket)
    guard job.state == .running else { return job }
    try NewJob.check(.object(error.json), "error")
    let told: JSONObject = ["error": .object(error.json)]
    if job.isCancelWished {
      return try change(job, .stop, at: now, telling: told) { $0.error = error }
    }
    guard let delay, job.attempts < job.asked.attempts else {
      return try change(job, .fail, at: now) { $0.error = error }
    }
    return try change(job, .tryAgain, at: now, telling: told) { job in
      job.error = error
      job.runAt = now + delay
    }
  }

  func giveBackJob(
    _ ticket: JobTicket, waiting delay: Duration, at now: Timestamp
  ) throws -> Job {
    let job = try job(of: ticket)
    guard job.state == .running else { return job }
    if job.isCancelWished { return try change(job, .stop, at: now) }
    return try change(job, .giveBack, at: now) { job in
      // Without a wait it keeps its place in the queue.
      if delay > .zero { job.runAt = now + delay }
    }
  }

  func endCancelledJob(_ ticket: JobTicket, at now: Timestamp) throws -> Job {
    let job = try job(of: ticket)
    guard job.state == .running else { return job }
    guard job.isCancelWished else {
      throw ModelFailure(
        .jobBadTransition, "nobody wants job \(job.id) to end",
        hint: "give it back, or let it fail")
    }
    return try change(job, .stop, at: now)
  }

  func fanOut(
    _ ticket: JobTicket, children: [NewChild], stage: String?, at now: Timestamp
  ) throws -> Job {
    let job = try job(of: ticket)
    guard job.state == .running else { return job }
    try check(children)
    guard !children.isEmpty else {
      throw ModelFailure(.jobBadValue, "job \(job.id) is split into nothing")
    }
    if job.isCancelWished { return try change(job, .stop, at: now) }
    var made: [Job] = []
    let waiting = try change(job, .fanOut, at: now) { parent in
      parent.stage = stage ?? parent.stage
      made = try makeChildren(children, of: &parent, isHeld: false, isFresh: false, at: now)
      try checkAreNew(made)
    }
    try insertChildren(made, of: waiting, at: now)
    return try requiredJob(job.id)
  }
}
