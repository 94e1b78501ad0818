import Foundations

/// Runs each body on a thread of its own, and returns when all have ended; throws what the first
/// of them threw.
///
/// Tests that loop or block go through here: Swift's own threads are few and shared by all tests.
func onThreads(_ bodies: [@Sendable () throws -> Void]) async throws {
  try await withThrowingTaskGroup(of: Void.self) { group in
    for (index, body) in bodies.enumerated() {
      group.addTask {
        try await withCheckedThrowingContinuation { continuation in
          do {
            try OwnThread.start(named: "test-\(index)") {
              continuation.resume(with: Result { try body() })
            }
          } catch {
            continuation.resume(throwing: error)
          }
        }
      }
    }
    try await group.waitForAll()
  }
}
