import Engine
import Foundations
import Jobs
import Model
import Synchronization

/// Follows jobs until all have ended.
struct JobWatch {
  private static let pause = Duration.milliseconds(250)
  // Each is followed by a thread of its own.
  private static let mostJobs = 64

  private let engine: JobEngine
  private let context: CommandContext

  init(_ engine: JobEngine, _ context: CommandContext) {
    self.engine = engine
    self.context = context
  }

  /// Writes all their events as JSON Lines, each as it comes.
  func tell(_ ids: [JobID], after number: Int) throws -> ExitStatus {
    let out = context.out
    return status(
      of: try follow(ids, after: number) { try out.write(data: JSONValue.object($0.json).text()) })
  }

  /// Shows them live, and then each as a card.
  func show(_ ids: [JobID]) throws -> ExitStatus {
    let jobs = try live(ids)
    for job in jobs { try context.out.write(JobCard(job, context.out.terminal).lines) }
    return status(of: jobs)
  }

  /// Waits for a job, and answers it as it ended.
  func awaitEnd(of id: JobID) throws -> ExitStatus {
    let jobs = try context.isJSON ? follow([id], after: 0) { _ in } : live([id])
    for job in jobs {
      try context.answer(.object(job.json), or: JobCard(job, context.out.terminal).lines)
    }
    return status(of: jobs)
  }

  private func status(of jobs: [Job]) -> ExitStatus {
    jobs.map { ExitStatus($0) }.first { $0 != .success } ?? .success
  }

  private func live(_ ids: [JobID]) throws -> [Job] {
    let view = JobView(try ids.map { try engine.queue.job($0) })
    let time = SystemTime()
    let region = LiveRegion(view, on: context.err, time: time, stop: context.stop)
    let ending = StopFlag()
    let bell = Monitor(())
    let token = ending.onStop { _ in bell.notify() }
    let isEnded = Monitor(context.isQuiet)
    if !context.isQuiet {
      try OwnThread.start(named: "progress") { [engine] in
        while !ending.isStopped {
          view.look(ids, in: engine.queue)
          region.refresh()
          _ = bell.wait(atMost: Self.pause) { _ in ending.isStopped ? true : nil }
        }
        isEnded.withLock { $0 = true }
        isEnded.notify()
      }
    }
    defer {
      ending.stop()
      // The library is closed after this, and must not be looked into any more.
      isEnded.wait { $0 ? () : nil }
      ending.removeAction(token)
      region.finish(keeping: false)
    }
    return try follow(ids, after: 0) { _ in }
  }

  /// What the threads share.
  private final class Ends: Sendable {
    let all = Mutex<[Int: Result<Job, any Error>]>([:])
  }

  /// Follows each job on a thread; gives them as they ended.
  private func follow(
    _ ids: [JobID], after number: Int, _ each: @escaping @Sendable (JobEvent) throws -> Void
  ) throws -> [Job] {
    guard ids.count <= Self.mostJobs else {
      throw UsageFailure(
        .usageTooManyArguments, "\(ids.count) jobs are too many to be followed at once",
        hint: "name at most \(Self.mostJobs)")
    }
    let queue = engine.queue
    // Where one cannot be followed, nobody waits for the others.
    let stop = StopFlag(under: context.stop)
    let ends = Ends()
    let crew = try ThreadCrew(helpers: ids.count - 1, named: "watch")
    crew.perform(ids.count) { index in
      let end = Result {
        try queue.watch(ids[index], after: number, stop: stop, each: each)
      }
      ends.all.withLock { $0[index] = end }
      if case .failure = end { stop.stop() }
    }
    let all = ends.all.withLock { $0 }
    // The cause, and not what it stopped, is what is told.
    for index in ids.indices {
      if case .failure(let error)? = all[index], !(error is StoppedFailure) { throw error }
    }
    return try ids.indices.compactMap { try all[$0]?.get() }
  }
}
