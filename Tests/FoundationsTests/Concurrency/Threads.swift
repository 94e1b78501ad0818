import Foundations

/// Gives way to other tasks until something is so, or the test is cancelled.
///
/// For states that tell nobody when they are reached, such as that somebody waits.
func until(_ isSo: () -> Bool) async throws {
  while !isSo() {
    try Task.checkCancellation()
    await Task.yield()
  }
}

/// A gate that is shut until it is opened; threads stand still before it.
final class Gate: Sendable {
  private let isOpen = Monitor(false)

  /// Blocks the thread until the gate is open.
  func pass() { isOpen.wait { $0 ? () : nil } }

  /// Lets everybody pass, for good.
  func open() {
    isOpen.withLock { $0 = true }
    isOpen.notify()
  }
}

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
