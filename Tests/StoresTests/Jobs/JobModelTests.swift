import CatalogueConformance
import Foundations
import JobsConformance
import Model
import Stores
import TestSupport
import Testing

@Suite("Jobs in SQLite and in memory", .timeLimit(.minutes(5)))
struct JobModelTests {
  private static let rounds = 8
  private static let steps = 150

  @Test("agree after each of many random steps of two workers whose leases lapse")
  func agree() async throws {
    var random = Seeded()
    print("jobs in SQLite and in memory: SEED=\(random.seed)")
    for round in 0..<Self.rounds {
      try await Backend.memory.withStore { memory in
        try await Backend.sqlite.withStore { sqlite in
          var world = RandomJobs()
          for step in 0..<Self.steps {
            let change = world.step(using: &random)
            let place: Comment = "SEED=\(random.seed) round \(round) step \(step): \(change)"
            let expected = world.outcome(of: change, on: memory.store)
            let found = world.outcome(of: change, on: sqlite.store)
            try #require(expected.text == found.text, place)
            world.note(expected.job, by: change)
            let question = RandomJobs.question(using: &random)
            try #require(
              try answers(memory.store, question) == answers(sqlite.store, question), place)
            try examine(sqlite.store, place)
          }
        }
      }
    }
  }

  private func answers(_ store: any CatalogueStore, _ filter: JobFilter) throws -> [String] {
    try store.readJobs { reading in
      var answers: [String] = []
      var cursor: PageCursor?
      repeat {
        let page = try reading.jobs(filter, after: cursor, atMost: 4)
        answers += page.items.map { "\($0)" }
        cursor = page.next
      } while cursor != nil
      answers += try reading.jobEvents(after: 0, atMost: 100_000).suffix(40).map { "\($0)" }
      answers += try reading.jobCounts().map { "\($0)" }.sorted()
      answers.append("\(try reading.nextDue(after: JobSubject.at(50)) as Any)")
      return answers
    }
  }

  /// What holds whatever has happened.
  private func examine(_ store: any CatalogueStore, _ place: Comment) throws {
    let jobs = try store.readJobs { try $0.jobs(JobFilter(), after: nil, atMost: 10_000).items }
    for job in jobs {
      let children = jobs.filter { $0.place?.parent == job.id }
      #expect(job.children.total == children.count, place)
      #expect(job.children.pending == children.filter(\.isOpen).count, place)
      #expect(job.children.lost == children.filter(\.state.isLost).count, place)
      #expect((job.lease != nil) == (job.state == .running), place)
      #expect((job.finishedAt != nil) == job.state.isFinal, place)
      #expect(job.state != .waiting || job.children.pending > 0, place)
      #expect(![.queued, .running].contains(job.state) || job.children.pending == 0, place)
      #expect(job.attempts <= job.asked.attempts && job.attempts >= 0, place)
      let events = try store.readJobs { try $0.jobEvents(of: job.id, after: 0, atMost: 10_000) }
      #expect(events.map(\.number) == Array(1...job.lastEvent), place)
    }
    let keys = jobs.filter { $0.isOpen && $0.place == nil && !$0.isCancelWished }
      .compactMap { job in job.asked.cacheKey.map { "\(job.user ?? "") \($0)" } }
    #expect(Set(keys).count == keys.count, place)
  }
}
