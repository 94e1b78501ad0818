import Foundations
import TestSupport
import Testing

@Suite("Retry policies")
struct RetryPolicyTests {
  @Test("the defaults are those of jobs: 3 attempts, 1 s, factor 2, at most 60 s")
  func defaults() {
    let policy = RetryPolicy()
    #expect(policy.attempts == 3)
    #expect(policy.firstDelay == .seconds(1))
    #expect(policy.factor == 2)
    #expect(policy.cap == .seconds(60))
    #expect(policy == RetryPolicy(attempts: 3))
    #expect(RetryPolicy.once.attempts == 1)
  }

  @Test("without jitter the waits double up to the cap and stay there")
  func doubles() {
    let policy = RetryPolicy(jitter: 0)
    var generator = SeededGenerator(seed: 0)
    let waits = (1...9).map { policy.delay(beforeAttempt: $0, using: &generator) }
    #expect(waits == [0, 1, 2, 4, 8, 16, 32, 60, 60].map(Duration.seconds))
    #expect(policy.delay(beforeAttempt: 100_000, using: &generator) == .seconds(60))
    #expect(policy.delay(beforeAttempt: .max, using: &generator) == .seconds(60))
    #expect(policy.delay(beforeAttempt: 0, using: &generator) == .zero)
  }

  @Test("no first wait means no wait at all")
  func zero() {
    let policy = RetryPolicy(firstDelay: .zero, jitter: 1)
    #expect(policy.longestDelay(beforeAttempt: 5_000) == .zero)
  }

  @Test("any wait lies between its jitter's bounds")
  func withinBounds() throws {
    try property("retry delays", times: 2_000) { generator in
      let policy = RetryPolicy(
        firstDelay: .milliseconds(Int.random(in: 0...5_000, using: &generator)),
        factor: .random(in: 1...10, using: &generator),
        cap: .milliseconds(Int.random(in: 0...100_000, using: &generator)),
        jitter: .random(in: 0...1, using: &generator))
      let attempt = Int.random(in: 1...2_000, using: &generator)
      let longest = policy.longestDelay(beforeAttempt: attempt)
      let wait = policy.delay(beforeAttempt: attempt, using: &generator)
      #expect(longest <= policy.cap)
      #expect(wait <= longest)
      #expect(wait >= longest * (1 - policy.jitter) - .nanoseconds(1))
    }
  }

  @Test("waits are spread over the whole of their range")
  func spreads() {
    let policy = RetryPolicy(jitter: 0.5)
    var generator = SeededGenerator(seed: 42)
    let waits = (0..<1_000).map { _ in policy.delay(beforeAttempt: 2, using: &generator) }
    #expect(waits.contains { $0 < .milliseconds(520) })
    #expect(waits.contains { $0 > .milliseconds(980) })
  }
}
