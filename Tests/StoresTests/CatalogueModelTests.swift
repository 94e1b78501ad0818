import CatalogueConformance
import Foundations
import Model
import Stores
import TestSupport
import Testing

@Suite("Catalogues in SQLite and in memory", .timeLimit(.minutes(5)))
struct CatalogueModelTests {
  private static let rounds = 12
  private static let steps = 120

  @Test("agree after each of many random steps", arguments: [Backend.sqlite, .sqliteOfMany])
  func agree(backend: Backend) async throws {
    var random = Seeded()
    print("catalogues in SQLite and in memory: SEED=\(random.seed)")
    for round in 0..<Self.rounds {
      try await Backend.memory.withStore { memory in
        try await backend.withStore { sqlite in
          for step in 0..<Self.steps {
            let change = RandomChange(using: &random)
            let question = RandomQuestion(using: &random)
            let place: Comment = "SEED=\(random.seed) round \(round) step \(step): \(change)"
            #expect(change.outcome(on: memory) == change.outcome(on: sqlite), place)
            let (expected, found) = (question.answer(of: memory), question.answer(of: sqlite))
            try #require(expected == found, "\(place) \(question)")
          }
          #expect(try memory.journal() == sqlite.journal())
          let statistics = try memory.store.read { try $0.statistics() }
          #expect(try sqlite.store.read { try $0.statistics() } == statistics)
        }
      }
    }
  }
}
