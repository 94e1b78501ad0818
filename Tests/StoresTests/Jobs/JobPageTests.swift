import CatalogueConformance
import Foundations
import Model
import Stores
import TestSupport
import Testing

@Suite("Pages of jobs", .timeLimit(.minutes(5)))
struct JobPageTests {
  @Test(
    "have the newest of many users in order, however those are spread", arguments: 1...4)
  func merged(round: Int) async throws {
    var chance = Seeded()
    let seed = chance.seed
    let users = (0..<300).map { _ in
      // The half of all is one user's, the others' lie anywhere.
      Bool.random(using: &chance) ? 0 : Int.random(in: 1...30, using: &chance)
    }
    let size = Int.random(in: 1...40, using: &chance)
    try await Backend.sqlite.withStore { subject in
      let store = subject.store
      try store.writeJobs { jobs in
        for (number, user) in users.enumerated() {
          var new = NewJob(kind: number % 10 == 0 ? "other" : "some")
          new.user = "user\(user)"
          _ = try jobs.submitJob(
            new, id: JobID("job-\(number)"), at: Timestamp(microseconds: Int64(number)))
        }
      }
      var filter = JobFilter()
      filter.kinds = ["some"]
      var found: [String] = []
      var cursor: PageCursor?
      repeat {
        let page = try store.readJobs { try $0.jobs(filter, after: cursor, atMost: size) }
        found += page.items.map(\.id.text)
        cursor = page.next
      } while cursor != nil
      #expect(
        found == users.indices.reversed().filter { $0 % 10 != 0 }.map { "job-\($0)" },
        "seed \(seed), pages of \(size)")
    }
  }
}
