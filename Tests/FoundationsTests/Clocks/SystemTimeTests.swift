import Foundation
import Foundations
import Testing

@Suite("The system's clocks")
struct SystemTimeTests {
  @Test("the wall clock agrees with Foundation's to the minute")
  func wallClock() {
    let ours = Double(SystemTime().now.microseconds) / 1e6
    #expect(abs(ours - Date().timeIntervalSince1970) < 60)
  }

  @Test("uptime goes forward by at least what was slept", .timeLimit(.minutes(5)))
  func uptime() async throws {
    let time = SystemTime()
    let before = time.uptime
    try await time.sleep(for: .milliseconds(5))
    #expect(time.uptime - before >= .milliseconds(5))
  }

  @Test("a cancelled sleep ends at once", .timeLimit(.minutes(5)))
  func cancels() async {
    let sleeper = Task { try await SystemTime().sleep(for: .seconds(3_600)) }
    sleeper.cancel()
    await #expect(throws: CancellationError.self) { try await sleeper.value }
  }
}
