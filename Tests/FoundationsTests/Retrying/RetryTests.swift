import Foundations
import TestSupport
import Testing

@Suite("Retrying", .timeLimit(.minutes(5)))
struct RetryTests {
  private let time = ManualTime()
  private let random = RepeatableRandom(seed: 1)
  private let policy = RetryPolicy(attempts: 4, jitter: 0)

  /// `retry` for work without a result.
  private func run(
    _ policy: RetryPolicy = RetryPolicy(), stop: StopFlag? = nil,
    shouldRetry: (any Error) -> Bool = { $0.mayPass }, _ work: (Int) async throws -> Void
  ) async throws {
    try await retry(
      policy, time: time, random: random, stop: stop, shouldRetry: shouldRetry, work)
  }

  @Test("work that succeeds is done once")
  func succeedsAtOnce() async throws {
    let value = try await retry(time: time, random: random) { attempt in attempt }
    #expect(value == 1)
  }

  @Test("failures that may pass are waited out, longer each time")
  func waits() async throws {
    let notices = Collected<RetryNotice>()
    let work = Task { [time, random, policy] in
      try await retry(policy, time: time, random: random, onRetry: notices.note) { attempt in
        if attempt < 4 { throw Sample.passing(attempt) }
        return time.uptime
      }
    }
    for seconds in [1, 2, 4] {
      await time.waitForSleepers(1)
      time.advance(by: .seconds(seconds))
    }
    #expect(try await work.value == .seconds(7))
    #expect(notices.values.map(\.delay) == [.seconds(1), .seconds(2), .seconds(4)])
    #expect(notices.values.map(\.attempt) == [1, 2, 3])
    #expect(notices.values.allSatisfy { $0.attempts == 4 })
  }

  @Test("a failure that will not pass is thrown as it is, at once")
  func doesNotRepeatTheHopeless() async throws {
    let attempts = Collected<Int>()
    let failure = await #expect(throws: Sample.self) {
      try await run { attempt in
        attempts.note(attempt)
        throw Sample.lasting
      }
    }
    #expect(failure?.kind == .usage)
    #expect(attempts.values == [1])
  }

  @Test("an error that is no failure of ours is not repeated unless the caller says so")
  func foreignErrors() async throws {
    struct Foreign: Error {}
    let attempts = Collected<Int>()
    await #expect(throws: Foreign.self) {
      try await run { _ in throw Foreign() }
    }
    let quick = RetryPolicy(attempts: 3, firstDelay: .zero)
    await #expect(throws: RepeatedFailure.self) {
      try await run(quick, shouldRetry: { $0 is Foreign }) {
        attempts.note($0)
        throw Foreign()
      }
    }
    #expect(attempts.values == [1, 2, 3])
  }

  @Test("the last failure speaks for all, and all are kept")
  func keepsAllCauses() async throws {
    let quick = RetryPolicy(attempts: 3, firstDelay: .zero)
    let failure = await #expect(throws: RepeatedFailure.self) {
      try await run(quick) { attempt in
        throw Sample.passing(attempt)
      }
    }
    #expect(failure?.code.name == "sample.passing")
    #expect(failure?.kind == .unavailable)
    #expect(failure?.message == "try 3 failed (after 3 attempts)")
    #expect(failure?.hint == "wait")
    #expect(failure?.causes.compactMap { ($0 as? Sample)?.message }.count == 3)
    #expect((failure?.cause as? Sample)?.message == "try 3 failed")
  }

  @Test("a hopeless failure on a later attempt ends it, and the earlier ones are kept")
  func hopelessLater() async throws {
    let quick = RetryPolicy(attempts: 9, firstDelay: .zero)
    let failure = await #expect(throws: RepeatedFailure.self) {
      try await run(quick) { attempt in
        throw attempt == 1 ? Sample.passing(1) : Sample.lasting
      }
    }
    #expect(failure?.code.name == "sample.lasting")
    #expect(failure?.causes.count == 2)
  }

  @Test("a failure's own advice is waited for where it is longer than the policy's wait")
  func honoursAdvice() async throws {
    let waits = Collected<Duration>()
    let work = Task { [time, random, policy] in
      try await retry(policy, time: time, random: random, onRetry: { waits.note($0.delay) }) {
        attempt in
        switch attempt {
        case 1: throw Advising(retryAfter: .seconds(30))
        case 2: throw Advising(retryAfter: .milliseconds(5))
        case 3: throw Advising(retryAfter: nil)
        default: return
        }
      }
    }
    for seconds in [30, 2, 4] {
      await time.waitForSleepers(1)
      time.advance(by: .seconds(seconds))
    }
    try await work.value
    #expect(waits.values == [.seconds(30), .seconds(2), .seconds(4)])
  }

  @Test("advice longer than is waited ends it at once and reaches the caller")
  func refusesLongAdvice() async throws {
    let failure = await #expect(throws: Advising.self) {
      try await run { _ in
        throw Advising(retryAfter: .seconds(301))
      }
    }
    #expect(failure?.retryAfter == .seconds(301))
  }

  @Test("raising the flag ends a wait with the flag's reason")
  func stopsWhileWaiting() async throws {
    let stop = StopFlag()
    let work = Task {
      try await run(stop: stop) { throw Sample.passing($0) }
    }
    await time.waitForSleepers(1)
    stop.stop(.signal(15))
    let failure = await #expect(throws: StoppedFailure.self) { try await work.value }
    #expect(failure?.reason == .signal(15))
  }

  @Test("cancelling the task ends a wait")
  func cancelsWhileWaiting() async throws {
    for stop in [StopFlag(), nil] {
      let work = Task { [time, random] in
        try await retry(time: time, random: random, stop: stop) { throw Sample.passing($0) }
      }
      await time.waitForSleepers(1)
      work.cancel()
      await #expect(throws: CancellationError.self) { try await work.value }
    }
  }

  @Test("a raised flag lets no attempt begin, and turns the work's own failure into a stop")
  func stopped() async throws {
    let stop = StopFlag()
    let attempts = Collected<Int>()
    let duringWork = await #expect(throws: StoppedFailure.self) {
      try await run(stop: stop) { attempt in
        attempts.note(attempt)
        stop.stop(.deadline)
        throw Sample.passing(attempt)
      }
    }
    #expect(duringWork?.reason == .deadline)
    await #expect(throws: StoppedFailure.self) {
      try await run(stop: stop) { attempts.note($0) }
    }
    #expect(attempts.values == [1])
  }

  @Test("work of an actor stays on the actor")
  func staysOnTheActor() async throws {
    actor Counter {
      var count = 0
      func run(time: ManualTime, random: RepeatableRandom) async throws -> Int {
        try await retry(RetryPolicy(firstDelay: .zero), time: time, random: random) { attempt in
          count += 1
          if attempt < 3 { throw Sample.passing(attempt) }
          return count
        }
      }
    }
    #expect(try await Counter().run(time: time, random: random) == 3)
  }
}

private struct Sample: Failure {
  let code: FailureCode
  let message: String
  var hint: String? { "wait" }
  var cause: (any Error)? { nil }

  static func passing(_ attempt: Int) -> Sample {
    Sample(
      code: FailureCode("sample.passing", .unavailable, "Passes."),
      message: "try \(attempt) failed")
  }

  static let lasting = Sample(
    code: FailureCode("sample.lasting", .usage, "Stays."), message: "no use")
}

private struct Advising: RetryAdvising {
  let code = FailureCode("sample.advising", .unavailable, "Passes.")
  let message = "busy"
  var hint: String? { nil }
  var cause: (any Error)? { nil }
  let retryAfter: Duration?
}
