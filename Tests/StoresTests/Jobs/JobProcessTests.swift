import Foundations
import Glibc
import JobsConformance
import Model
import Stores
import TestSupport
import Testing

@Suite("Processes at one store of jobs", .timeLimit(.minutes(5)))
struct JobProcessTests {
  private static let films = 40
  private static let parts = 5

  @Test("that are killed lose nothing: each job ends once, each parent is joined once")
  func killed() async throws {
    let folder = try TemporaryFolder()
    try await submit(folder)
    var random = Seeded()
    print("processes at one store of jobs that are killed: SEED=\(random.seed)")
    for round in 0..<6 {
      let deaths = (0..<3).map { _ in Int.random(in: 1...40, using: &random) }
      await withTaskGroup(of: Void.self) { tasks in
        for (number, death) in deaths.enumerated() {
          tasks.addTask {
            await #expect(processExitsWith: .signal(SIGKILL)) {
              [
                path = folder.path as String, number = number as Int, round = round as Int,
                death = death as Int
              ] in
              try work(path, "\(round)-\(number)", round: round, diesAfter: death)
            }
          }
        }
      }
    }
    await #expect(processExitsWith: .success) { [path = folder.path as String] in
      try work(path, "last", round: 9, diesAfter: nil)
    }
    try await examine(folder)
  }

  private func submit(_ folder: TemporaryFolder) async throws {
    let store = try SQLiteCatalogue.open(in: FilePath(folder.path))
    for film in 0..<Self.films {
      let id = try JobID("film\(film)")
      let parts = try (0..<Self.parts).map { part in
        var job = NewJob(kind: "segment", input: .int(part))
        job.crashes = 1_000
        return NewChild(id: try JobID("film\(film)-\(part)"), job)
      }
      var job = NewJob(kind: "film")
      job.crashes = 1_000
      _ = try store.writeJobs { [job] in
        try $0.submitJob(job, id: id, children: parts, at: JobSubject.at(0))
      }
    }
    await finish(store)
  }

  private func examine(_ folder: TemporaryFolder) async throws {
    let store = try SQLiteCatalogue.open(in: FilePath(folder.path))
    #expect(try store.problems(stop: nil) == [])
    let jobs = try store.readJobs { try $0.jobs(JobFilter(), after: nil, atMost: 1_000).items }
    #expect(jobs.count == Self.films * (Self.parts + 1))
    for job in jobs {
      #expect(job.state == .completed && job.attempts == 1, "\(job.id)")
      let events = try store.readJobs { try $0.jobEvents(of: job.id, after: 0, atMost: 10_000) }
      #expect(events.filter { $0.kind == .completed }.count == 1, "\(job.id)")
      let joins = events.filter { $0.payload["old"] == "waiting" }
      #expect(joins.count == (job.place == nil ? 1 : 0), "\(job.id)")
    }
    #expect(jobs.map(\.crashes).reduce(0, +) > 0)
    await finish(store)
  }
}

/// Takes jobs and completes them until there are none, each word twice, or until it dies after so
/// many words; in each round the leases of the one before have lapsed.
private func work(_ path: String, _ name: String, round: Int, diesAfter death: Int?) throws {
  let store = try SQLiteCatalogue.open(in: FilePath(path))
  let now = JobSubject.at(Double(round) * 10_000)
  var words = 0
  func hasSpoken() {
    words += 1
    if words == death { kill(getpid(), SIGKILL) }
  }
  for number in 0... {
    let claim = Claim(id: try ClaimID("\(name)-\(number)"), worker: name, lease: .seconds(60))
    let taken = try store.writeJobs { jobs in
      _ = try jobs.recoverJobs(RetryPolicy(firstDelay: .zero), atMost: 100, at: now)
      return try jobs.claimJob(claim, at: now)
    }
    hasSpoken()
    guard let taken else { break }
    let again = try store.writeJobs { try $0.claimJob(claim, at: now) }
    precondition(again == taken, "the same claim is the same job")
    hasSpoken()
    for _ in 0..<2 {
      _ = try store.writeJobs { try $0.completeJob(taken.ticket, result: "done", at: now) }
      hasSpoken()
    }
  }
  store.finish()
}
