import Blobs
import BlobsConformance
import Testing

@Suite("Every blob store", .timeLimit(.minutes(5)))
struct BlobStoreTests {
  @Test("keeps each promise", arguments: Backend.allCases, BlobPromise.all)
  func keeps(backend: Backend, promise: BlobPromise) async throws {
    try await backend.withStore { try await promise.check($0) }
  }
}
