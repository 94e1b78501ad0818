import Foundations
import TestSupport
import Testing

@Suite("Time moved by hand", .timeLimit(.minutes(5)))
struct ManualTimeTests {
  @Test("time stands still until it is moved, and both clocks move together")
  func moves() {
    let time = ManualTime()
    let (now, uptime) = (time.now, time.uptime)
    #expect(now.description == "2026-01-01T00:00:00.000Z")
    time.advance(by: .seconds(5))
    #expect(time.now - now == .seconds(5))
    #expect(time.uptime - uptime == .seconds(5))
  }

  @Test("setting the wall clock leaves the uptime as it is")
  func wallClockJumps() {
    let time = ManualTime()
    let uptime = time.uptime
    time.setWallClock(to: Timestamp(microseconds: 0))
    #expect(time.now == Timestamp(microseconds: 0))
    #expect(time.uptime == uptime)
  }

  @Test("a sleeper wakes when its time has come, and not before")
  func wakes() async throws {
    let time = ManualTime()
    let woken = Collected<Int>()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for seconds in [3, 1, 2] {
        group.addTask {
          try await time.sleep(for: .seconds(seconds))
          woken.note(seconds)
        }
      }
      await time.waitForSleepers(3)
      time.advance(by: .milliseconds(999))
      #expect(woken.values == [])
      for expected in 1...3 {
        time.advance(by: expected == 1 ? .milliseconds(1) : .seconds(1))
        try await group.next()
        #expect(woken.values == Array(1...expected))
      }
    }
  }

  @Test("nothing to wait for is no sleep")
  func zeroDoesNotSleep() async throws {
    try await ManualTime().sleep(for: .zero)
    try await ManualTime().sleep(for: .seconds(-1))
  }

  @Test("a cancelled sleeper wakes with an error, whenever the cancellation comes")
  func cancels() async {
    let time = ManualTime()
    let asleep = Task { try await time.sleep(for: .seconds(1)) }
    await time.waitForSleepers(1)
    asleep.cancel()
    await #expect(throws: CancellationError.self) { try await asleep.value }

    let before = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      try await time.sleep(for: .seconds(1))
    }
    await #expect(throws: CancellationError.self) { try await before.value }
  }
}
