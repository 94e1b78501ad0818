import CatalogueConformance
import Testing

@Suite("Every catalogue keeps its promises", .timeLimit(.minutes(5)))
struct CatalogueStoreTests {
  @Test("as they are written down", arguments: Backend.allCases, CataloguePromise.all)
  func keeps(backend: Backend, promise: CataloguePromise) async throws {
    try await backend.withStore { try await promise.check($0) }
  }
}
