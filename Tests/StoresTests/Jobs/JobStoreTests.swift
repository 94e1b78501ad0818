import CatalogueConformance
import JobsConformance
import Testing

@Suite("Every store of jobs keeps its promises", .timeLimit(.minutes(5)))
struct JobStoreTests {
  @Test("as they are written down", arguments: [Backend.memory, .sqlite], JobPromise.all)
  func keeps(backend: Backend, promise: JobPromise) async throws {
    try await backend.withStore { try promise.check(JobSubject($0.store)) }
  }
}
