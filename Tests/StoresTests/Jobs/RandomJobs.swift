import Foundations
import JobsConformance
import Model
import TestSupport

/// Users, two workers and time, by chance.
struct RandomJobs {
  /// Something that is done to the jobs.
  enum Step {
    case submit(Int, user: String?, key: String?, priority: Int, children: Int, ChildRule, Bool)
    case claim(String, worker: String, kinds: Set<String>?, ofUser: Int?)
    case beat(JobTicket), report(JobTicket, Double), complete(JobTicket, inPart: Bool)
    case fail(JobTicket, again: Double?), giveBack(JobTicket), stop(JobTicket)
    case split(JobTicket, Int, Int)
    case release(JobID), cancel(JobID), retry(JobID)
    case recover(Int), prune(Double)
  }

  private var now = 0.0
  private var submitted = 0
  private var claims = 0
  // Old ones too: a late word is the point.
  private var tickets: [JobTicket] = []
  private var known: [JobID] = []

  /// A filter by chance.
  static func question(using random: inout Seeded) -> JobFilter {
    var filter = JobFilter()
    func chance() -> Bool { Int.random(in: 0..<4, using: &random) == 0 }
    if chance() { filter.states = [JobState.allCases.randomElement(using: &random) ?? .queued] }
    if chance() { filter.states = [.queued, .failed, .cancelled] }
    if chance() { filter.kinds = ["film"] }
    if chance() { filter.user = "ann" }
    if chance() { filter.isTopLevel = true }
    return filter
  }

  /// The next step; time goes on with it.
  mutating func step(using random: inout Seeded) -> Step {
    now += Double(Int.random(in: 0...2, using: &random))
    let number = Int.random(in: 0..<60, using: &random)
    let flag = Bool.random(using: &random)
    let sort = Int.random(in: 0..<32, using: &random)
    let job = known.suffix(10).randomElement(using: &random)
    if sort >= 10, let ticket = tickets.suffix(5).randomElement(using: &random),
      let step = word(ticket, sort, number, flag)
    {
      return step
    }
    switch (sort, job) {
    case (0...3, _), (_, nil): return submission(number, using: &random)
    case (4...9, _), (28..., _):
      // Some are asked twice.
      claims += number % 6 == 0 ? 0 : 1
      return .claim(
        "c\(claims)", worker: flag ? "one" : "two",
        kinds: number % 5 == 0 ? ["film", "segment"] : nil, ofUser: number % 7 == 0 ? 1 : nil)
    case (23, let job?): return .release(job)
    case (24, let job?): return .cancel(job)
    case (25...26, let job?): return .retry(job)
    default: return number % 6 == 0 ? .prune(now - 60) : .recover(1 + number % 3)
    }
  }

  /// What a worker says of a job it has, or had.
  private mutating func word(
    _ ticket: JobTicket, _ sort: Int, _ number: Int, _ flag: Bool
  ) -> Step? {
    switch sort {
    case 10: return .beat(ticket)
    case 11: return .report(ticket, Double(number % 10) / 10)
    case 12...18: return .complete(ticket, inPart: number % 9 == 0)
    case 19: return .fail(ticket, again: nil)
    case 20: return .fail(ticket, again: Double(number % 4))
    case 21: return flag ? .giveBack(ticket) : .stop(ticket)
    case 22:
      submitted += 1
      known += Self.children(submitted, 1 + number % 3).map(\.id)
      return .split(ticket, submitted, 1 + number % 3)
    default: return nil
    }
  }

  private mutating func submission(_ number: Int, using random: inout Seeded) -> Step {
    let isAgain = Int.random(in: 0..<5, using: &random) == 0
    if !isAgain { submitted += 1 }
    let id = isAgain ? max(1, submitted - number % 4) : submitted
    let count = [0, 0, 0, 2, 3][number % 5]
    known += Self.children(id, count).map(\.id) + [Self.id(id)]
    let rule = ChildRule(
      toleratesLoss: Bool.random(using: &random), hasJoin: Bool.random(using: &random))
    return .submit(
      id, user: ["ann", "bob", nil][number % 3], key: number % 4 == 0 ? "k\(number % 5)" : nil,
      priority: number % 2, children: count, rule, Int.random(in: 0..<6, using: &random) == 0)
  }

  private static func id(_ number: Int) -> JobID { made("j\(number)") }

  private static func made<Tag>(_ text: String) -> EntityID<Tag> {
    guard let id = try? EntityID<Tag>(text) else { fatalError("\(text) is an id") }
    return id
  }

  private static func children(_ number: Int, _ count: Int) -> [NewChild] {
    (0..<count).map { part in
      var job = NewJob(kind: "segment", input: .int(part))
      job.attempts = 2
      if part == 1 { job.cacheKey = "k\(number % 5)" }
      return NewChild(id: made("j\(number)-\(part)"), job)
    }
  }

  /// Does a step; the job it came to in words, or the code of its failure.
  func outcome(of step: Step, on store: any CatalogueStore) -> (text: String, job: Job?) {
    let time = JobSubject.at(now)
    do {
      return try store.writeJobs { try Self.perform(step, $0, time) }
    } catch {
      return (error.asFailure.code.name, nil)
    }
  }

  /// Remembers what a worker was given.
  mutating func note(_ job: Job?, by step: Step) {
    if case .claim = step, let job { tickets.append(job.ticket) }
  }

  private static func perform(
    _ step: Step, _ jobs: any JobTransaction, _ now: Timestamp
  ) throws -> (String, Job?) {
    switch step {
    case .recover(let count):
      return ("\(try jobs.recoverJobs(RetryPolicy(), atMost: count, at: now))", nil)
    case .prune(let seconds):
      return ("\(try jobs.pruneJobs(finishedBefore: JobSubject.at(seconds), atMost: 2))", nil)
    case .beat(let ticket):
      return ("\(try jobs.heartbeat(ticket, lease: .seconds(9), at: now))", nil)
    case .submit(let number, let user, let key, let priority, let count, let rule, let isHeld):
      var new = NewJob(kind: count > 0 ? "film" : "encode", input: .int(number % 3))
      new.user = user
      new.cacheKey = key
      new.priority = priority
      new.childRule = rule
      new.isHeld = isHeld
      new.crashes = 1
      let answer = try jobs.submitJob(
        new, id: id(number), children: children(number, count), isFresh: number % 4 == 0, at: now)
      return ("\(answer)", nil)
    default:
      let job = try change(step, jobs, now)
      return ("\(job as Any)", job)
    }
  }

  private static func change(
    _ step: Step, _ jobs: any JobTransaction, _ now: Timestamp
  ) throws -> Job? {
    switch step {
    case .claim(let name, let worker, let kinds, let ofUser):
      var claim = Claim(id: made(name), worker: worker, lease: .seconds(9))
      claim.kinds = kinds
      claim.runningAtMostPerUser = ofUser
      return try jobs.claimJob(claim, at: now)
    case .report(let ticket, let fraction):
      return try jobs.reportJob(
        ticket, JobReport(stage: "s", progress: JobProgress(fraction: fraction)), at: now)
    case .complete(let ticket, let inPart):
      return try jobs.completeJob(ticket, result: "done", inPart: inPart, at: now)
    case .fail(let ticket, let again):
      let error = JobError(code: "a.b", kind: .unavailable, message: "no", at: now)
      return try jobs.failJob(
        ticket, error, tryAgainIn: again.map { .seconds($0) }, at: now)
    case .giveBack(let ticket): return try jobs.giveBackJob(ticket, at: now)
    case .stop(let ticket): return try jobs.endCancelledJob(ticket, at: now)
    case .split(let ticket, let number, let count):
      return try jobs.fanOut(ticket, children: children(number, count), stage: "t", at: now)
    case .release(let id): return try jobs.releaseJob(id, at: now)
    case .cancel(let id): return try jobs.cancelJob(id, at: now)
    case .retry(let id): return try jobs.retryJob(id, at: now)
    case .submit, .beat, .recover, .prune: return nil
    }
  }
}
