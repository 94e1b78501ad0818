import Foundation
import Foundations
import Glibc
import Testing

@Suite("A thread of our own", .timeLimit(.minutes(5)))
struct OwnThreadTests {
  /// Runs something on a new thread and brings back what it answers.
  private func onThread<Answer: Sendable>(
    named name: String, _ body: @escaping @Sendable () -> Answer
  ) async throws -> Answer {
    try await withCheckedThrowingContinuation { continuation in
      do {
        try OwnThread.start(named: name) { continuation.resume(returning: body()) }
      } catch {
        continuation.resume(throwing: error)
      }
    }
  }

  private func ownName() -> String {
    let comm = FileManager.default.contents(atPath: "/proc/thread-self/comm") ?? Data()
    return String(decoding: comm.dropLast(), as: UTF8.self)
  }

  @Test("runs its body elsewhere")
  func runs() async throws {
    let own = pthread_self()
    #expect(try await onThread(named: "elsewhere") { pthread_equal(pthread_self(), own) } == 0)
  }

  @Test(
    "bears its name, cut where the system takes no more",
    arguments: [
      ("short", "short"), ("exactly-15-byte", "exactly-15-byte"),
      ("more than fifteen bytes", "more than fifte"), ("fourteen-bytesä", "fourteen-bytes"),
    ])
  func name(given: String, shown: String) async throws {
    #expect(try await onThread(named: given) { ownName() } == shown)
  }

  @Test("is not interrupted by signals, and can still fault")
  func signals() async throws {
    let blocked = try await onThread(named: "quiet") {
      var mask = sigset_t()
      pthread_sigmask(SIG_BLOCK, nil, &mask)
      return [SIGINT, SIGTERM, SIGCHLD, SIGPIPE, SIGSEGV, SIGABRT].map { sigismember(&mask, $0) }
    }
    #expect(blocked == [1, 1, 1, 1, 0, 0])
  }
}
