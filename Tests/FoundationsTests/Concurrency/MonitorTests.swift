import Foundations
import Testing

@Suite("Monitors", .timeLimit(.minutes(1)))
struct MonitorTests {
  @Test("threads take turns at the state")
  func turns() async throws {
    let count = Monitor(0)
    let adder: @Sendable () throws -> Void = {
      for _ in 0..<10_000 { count.withLock { $0 += 1 } }
    }
    try await onThreads([adder, adder, adder, adder])
    #expect(count.withLock { $0 } == 40_000)
  }

  @Test("who waits looks and takes in one step, so that nothing is taken twice")
  func takesOnce() async throws {
    let tokens = Monitor<[Int]>([])
    let taken = Monitor<[Int]>([])
    let taker: @Sendable () throws -> Void = {
      for _ in 0..<500 {
        let token = tokens.wait { $0.popLast() }
        taken.withLock { $0.append(token) }
      }
    }
    let giver: @Sendable () throws -> Void = {
      for number in 0..<1_500 {
        tokens.withLock { $0.append(number) }
        tokens.notify()
      }
    }
    try await onThreads([taker, taker, taker, giver])
    #expect(taken.withLock { $0.sorted() } == Array(0..<1_500))
  }

  @Test("a wait with a deadline ends with nothing once the time is up, and not before")
  func deadline() async throws {
    try await onThreads([
      {
        let clock = SystemTime()
        let start = clock.uptime
        let nothing: Int? = Monitor(0).wait(atMost: .milliseconds(30)) { _ in nil }
        #expect(nothing == nil)
        #expect(clock.uptime - start >= .milliseconds(30))
      }
    ])
  }

  @Test(
    "a change before the deadline ends the wait",
    arguments: [Duration.seconds(50), .seconds(Int64.max)])
  func beforeDeadline(time: Duration) async throws {
    let state = Monitor<Int?>(nil)
    try await onThreads([
      { #expect(state.wait(atMost: time) { $0 } == 7) },
      {
        state.withLock { $0 = 7 }
        state.notify()
      },
    ])
  }

  @Test("a wait without time looks once", arguments: [Duration.zero, .seconds(-5)])
  func noTime(time: Duration) {
    #expect(Monitor<Int?>(7).wait(atMost: time) { $0 } == 7)
    #expect(Monitor<Int?>(nil).wait(atMost: time) { $0 } == nil)
  }

  @Test("what is thrown inside comes out, and the lock is free again")
  func throwing() throws {
    struct Refused: Error {}
    let state = Monitor(0)
    #expect(throws: Refused.self) { try state.withLock { _ throws(Refused) in throw Refused() } }
    #expect(throws: Refused.self) {
      try state.wait { _ throws(Refused) -> Int? in throw Refused() }
    }
    #expect(state.withLock { $0 } == 0)
  }

  @Test("a stop flag that is raised from outside wakes who looks at it")
  func stopFlag() async throws {
    let state = Monitor(0)
    let stop = StopFlag()
    stop.onStop { _ in state.notify() }
    try await onThreads([
      { state.wait { _ in stop.isStopped ? () : nil } },
      { stop.stop() },
    ])
  }

  @Test("a state that cannot be copied has one owner, and goes with the monitor")
  func noncopyable() {
    let freed = Monitor(0)
    do {
      let monitor = Monitor<Tracked?>(Tracked(1, freed))
      let taken = monitor.withLock { $0.take() }
      monitor.withLock { $0 = Tracked(2, freed) }
      #expect(freed.withLock { $0 } == 0)
      let first = value(of: taken)
      #expect(first == 1)
    }
    #expect(freed.withLock { $0 } == 2)
  }
}

/// A value with one owner, which counts that it was freed.
struct Tracked: ~Copyable, Sendable {
  let value: Int
  private let freed: Monitor<Int>

  init(_ value: Int, _ freed: Monitor<Int>) {
    self.value = value
    self.freed = freed
  }

  deinit { freed.withLock { $0 += 1 } }
}

/// The value of what was taken, which is freed.
func value(of taken: consuming Tracked?) -> Int? {
  switch taken {
  case .some(let tracked): tracked.value
  case .none: nil
  }
}
