import Foundations
import TestSupport
import Testing

@Suite("Circuit breakers", .timeLimit(.minutes(5)))
struct CircuitBreakerTests {
  private let time = ManualTime()
  private let phases = Collected<Circuit.Phase>()

  private func breaker() -> CircuitBreaker {
    CircuitBreaker(
      "ComfyUI at http://127.0.0.1:8188",
      limits: Circuit.Limits(failures: 2, window: .seconds(10), pause: .seconds(30)), time: time,
      onChange: phases.note)
  }

  @Test("an open circuit refuses without calling, and says what is broken, why, and until when")
  func refuses() async throws {
    let breaker = breaker()
    for _ in 0..<2 {
      await #expect(throws: Outage.self) { try await breaker.call { throw Outage() } }
    }
    time.advance(by: .milliseconds(17_500))
    let failure = await #expect(throws: CircuitFailure.self) {
      try await breaker.call { Issue.record("called while open") }
    }
    #expect(failure?.code.name == "circuit.open")
    #expect(failure?.kind == .unavailable)
    #expect(failure?.retryAfter == .milliseconds(12_500))
    #expect(
      failure?.message == """
        ComfyUI at http://127.0.0.1:8188 has failed too often and will be tried again in 13s, \
        at 2026-01-01T00:00:30.000Z: connection refused
        """)
    #expect(failure?.cause is Outage)
    #expect(phases.values == [.open(until: .seconds(30))])
  }

  @Test("a probe that succeeds closes it")
  func closes() async throws {
    let breaker = breaker()
    for _ in 0..<2 { _ = try? await breaker.call { throw Outage() } }
    time.advance(by: .seconds(30))
    #expect(try await breaker.call { 7 } == 7)
    #expect(phases.values == [.open(until: .seconds(30)), .halfOpen, .closed])
    #expect(breaker.phase == .closed)
  }

  @Test("an answer that refuses shows that the backend lives")
  func answersAreNoOutage() async throws {
    let breaker = breaker()
    for _ in 0..<5 {
      await #expect(throws: Refusal.self) { try await breaker.call { throw Refusal() } }
    }
    #expect(breaker.phase == .closed)
    for _ in 0..<2 { _ = try? await breaker.call { throw Outage() } }
    time.advance(by: .seconds(30))
    _ = try? await breaker.call { throw Refusal() }
    #expect(breaker.phase == .closed)
  }

  @Test("cancelled calls say nothing of the backend")
  func cancelledCalls() async throws {
    let breaker = breaker()
    for _ in 0..<2 { _ = try? await breaker.call { throw Outage() } }
    time.advance(by: .seconds(30))
    await #expect(throws: StoppedFailure.self) {
      try await breaker.call { throw StoppedFailure(.cancelled) }
    }
    #expect(breaker.phase == .halfOpen)
    #expect(try await breaker.call { true })
  }

  @Test("of many who call at once after the pause, one gets through")
  func oneProbe() async throws {
    let breaker = breaker()
    for _ in 0..<2 { _ = try? await breaker.call { throw Outage() } }
    time.advance(by: .seconds(30))
    // The probe stays inside until all others have been refused.
    let inside = Collected<Int>()
    let refused = Collected<Int>()
    await withTaskGroup(of: Void.self) { group in
      for caller in 0..<20 {
        group.addTask {
          do {
            try await breaker.call {
              inside.note(caller)
              while refused.values.count < 19 { await Task.yield() }
            }
          } catch { refused.note(caller) }
        }
      }
    }
    #expect(inside.values.count == 1)
    #expect(refused.values.count == 19)
    #expect(breaker.phase == .closed)
  }

  @Test("a retry waits for the circuit instead of spending its attempts on it")
  func worksWithRetry() async throws {
    let breaker = breaker()
    let calls = Collected<Int>()
    let work = Task { [time] in
      try await retry(
        RetryPolicy(attempts: 4, firstDelay: .zero), time: time, random: RepeatableRandom(seed: 1)
      ) { attempt in
        try await breaker.call {
          calls.note(attempt)
          if attempt < 3 { throw Outage() }
        }
      }
    }
    await time.waitForSleepers(1)
    time.advance(by: .seconds(30))
    try await work.value
    #expect(calls.values == [1, 2, 4])
  }
}

private struct Outage: Failure {
  let code = FailureCode("sample.outage", .unavailable, "Down.")
  let message = "connection refused"
  var hint: String? { nil }
  var cause: (any Error)? { nil }
}

private struct Refusal: Failure {
  let code = FailureCode("sample.refusal", .usage, "No.")
  let message = "bad request"
  var hint: String? { nil }
  var cause: (any Error)? { nil }
}
