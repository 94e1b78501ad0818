import Foundations
import Model

extension JobShelf {
  /// Counts a child's new state with its parent, and lets the parent go on, or end, where it is time.
  func childMoved(_ child: Job, from old: JobState, at now: Timestamp) throws {
    guard let place = child.place, old.isFinal || child.state.isFinal else { return }
    let parent = try requiredJob(place.parent)
    var counted = parent
    counted.children.move(old, child.state)
    let isWaiting = parent.state == .waiting || parent.state == .created
    var events: [ToldEvent] = []
    if child.state.isFinal && isWaiting {
      counted.progress.fraction = max(
        parent.progress.fraction ?? 0,
        Double(counted.children.ended) / Double(counted.children.total))
      if !child.state.isLost { events.append(Self.part(child, of: counted)) }
      events.append(
        ToldEvent(.progressUpdated, ["progress": .object(counted.progress.json)]))
    }
    try save(&counted, was: parent, telling: events, at: now)
    guard isWaiting else { return }
    if child.state.isLost && !counted.asked.childRule.toleratesLoss {
      try lose(child, of: counted, at: now)
    } else {
      try settle(counted, at: now)
    }
  }

  /// Lets a parent go on whose children are all over.
  func settle(_ parent: Job, at now: Timestamp) throws {
    guard parent.state == .waiting, parent.children.pending == 0 else { return }
    let counts = parent.children
    if counts.total > 0 && counts.lost == counts.total {
      try change(parent, .loseChild, at: now) { job in
        job.error = JobError(
          ModelFailure(.jobChildLost, "all \(counts.total) parts of job \(job.id) were lost"),
          at: now)
      }
    } else if parent.asked.childRule.hasJoin {
      try change(parent, .join, at: now)
    } else {
      try change(
        parent, counts.isFlawed ? .endInPartWithChildren : .endWithChildren, at: now
      ) { job in
        job.result = [
          "children": .int(counts.total), "lost": .int(counts.lost),
          "partial": .int(counts.partial),
        ]
      }
    }
  }

  private func lose(_ child: Job, of parent: Job, at now: Timestamp) throws {
    try change(parent, .loseChild, at: now) { job in
      let ordinal = child.place?.ordinal ?? 0
      var error = JobError(
        code: FailureCode.jobChildLost.name, kind: child.error?.kind ?? .cancelled,
        message: "part \(ordinal) of the job is \(child.state.rawValue)",
        hint: "retrying the job begins with that part", at: now,
        causes: child.error.map { ["\($0.code): \($0.message)"] + $0.causes } ?? [])
      error.toolOutput = child.error?.toolOutput
      error.details = ["job_id": .string(child.id.text), "ordinal": .int(ordinal)]
      job.error = error
    }
  }

  /// Wants all open children of a job to end.
  func cancelChildren(of parent: Job, at now: Timestamp) throws {
    guard parent.children.pending > 0 else { return }
    for id in try children(of: parent.id, in: Set(JobState.allCases.filter { !$0.isFinal })) {
      try cancelOpen(requiredJob(id), at: now)
    }
  }

  /// Makes children of a parent, and counts them with it; they are inserted after it.
  func makeChildren(
    _ new: [NewChild], of parent: inout Job, isHeld: Bool, isFresh: Bool, at now: Timestamp
  ) throws -> [Job] {
    var made: [Job] = []
    for child in new {
      try child.job.check()
      var asked = child.job
      asked.user = asked.user ?? parent.asked.user
      asked.run = asked.run ?? parent.asked.run
      asked.workflow = asked.workflow ?? parent.asked.workflow
      asked.dedupeKey = nil
      asked.isHeld = isHeld
      let place = Job.Place(parent: parent.id, ordinal: parent.children.total)
      let answer = isFresh ? nil : try asked.cacheKey.flatMap { try completedJob(cacheKey: $0) }
      let job = Job.made(child.id, asked, place: place, from: answer, at: now)
      parent.children.add(job.state)
      made.append(job)
    }
    return made
  }

  /// Inserts children after their parent, tells it of those that are over already, and lets it go on
  /// where all are.
  func insertChildren(_ children: [Job], of parent: Job, at now: Timestamp) throws {
    for child in children { try insert(child, at: now) }
    let over = children.filter { !$0.isOpen }
    if !over.isEmpty {
      var counted = parent
      counted.progress.fraction = max(
        parent.progress.fraction ?? 0,
        Double(parent.children.ended) / Double(parent.children.total))
      let events =
        over.map { Self.part($0, of: parent) } + [
          ToldEvent(.progressUpdated, ["progress": .object(counted.progress.json)])
        ]
      try save(&counted, was: parent, telling: events, at: now)
      try settle(counted, at: now)
    } else {
      try settle(parent, at: now)
    }
  }

  private static func part(_ child: Job, of parent: Job) -> ToldEvent {
    ToldEvent(
      .segmentComplete,
      [
        "child_id": .string(child.id.text), "ordinal": .int(child.place?.ordinal ?? 0),
        "done": .int(parent.children.ended), "total": .int(parent.children.total),
      ])
  }
}

extension Job {
  /// A new job; completed where there is an answer.
  static func made(
    _ id: JobID, _ asked: NewJob, place: Place?, from answer: Job?, at now: Timestamp
  ) -> Job {
    guard let answer else {
      return Job(id: id, asked, place: place, state: asked.isHeld ? .created : .queued, at: now)
    }
    var job = Job(id: id, asked, place: place, state: .completed, at: now)
    job.result = answer.result
    job.progress = JobProgress(fraction: 1)
    job.finishedAt = now
    return job
  }
}
