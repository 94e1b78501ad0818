import Foundations
import Testing

@Suite("Lane budgets", .timeLimit(.minutes(1)))
struct LaneBudgetTests {
  @Test("past its bound a budget refuses, and says how many lanes there are")
  func refused() throws {
    let budget = LaneBudget(most: 2)
    let lanes = [try budget.lane(named: "a"), try budget.lane(named: "b")]
    #expect(budget.used == 2)
    let failure = #expect(throws: LaneFailure.self) { try budget.lane(named: "c") }
    #expect(failure?.code == .laneExhausted)
    #expect(failure?.message == "the lane c cannot be had: all 2 lanes are in use")
    withExtendedLifetime(lanes) {}
  }

  @Test("a lane that is let go of makes room for who waits, in the order they came")
  func inTurn() async throws {
    let budget = LaneBudget(most: 1)
    let order = Monitor<[Int]>([])
    let first = Holder(try budget.lane(named: "first"))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<5 {
        group.addTask {
          let lane = try await budget.waitForLane(named: "lane-\(number)")
          await lane.run { order.withLock { $0.append(number) } }
        }
        while budget.waiting <= number { await Task.yield() }
      }
      first.letGo()
      try await group.waitForAll()
    }
    #expect(order.withLock { $0 } == [0, 1, 2, 3, 4])
  }

  @Test("a task that is cancelled while it waits leaves, and its turn is nobody's loss")
  func cancelled() async throws {
    let budget = LaneBudget(most: 1)
    let first = Holder(try budget.lane(named: "first"))
    let waiter = Task { _ = try await budget.waitForLane(named: "waiter") }
    while budget.waiting == 0 { await Task.yield() }
    waiter.cancel()
    await #expect(throws: CancellationError.self) { try await waiter.value }
    #expect(budget.waiting == 0)
    first.letGo()
    _ = try await budget.waitForLane(named: "second")
  }

  @Test("a task that is cancelled already does not wait")
  func cancelledBefore() async throws {
    let budget = LaneBudget(most: 1)
    let first = try budget.lane(named: "first")
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      _ = try await budget.waitForLane(named: "late")
    }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    withExtendedLifetime(first) {}
  }

  @Test("many tasks pass through few lanes, never more at once than there may be")
  func many() async throws {
    let budget = LaneBudget(most: 3)
    let running = Monitor((now: 0, most: 0))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<60 {
        group.addTask {
          let lane = try await budget.waitForLane(named: "lane-\(number)")
          await lane.run {
            running.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
            running.withLock { $0.now -= 1 }
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(running.withLock { $0.most } <= 3)
    // All places come back; the last threads may still be ending.
    for _ in 0..<3 { _ = try await budget.waitForLane(named: "again") }
  }
}

/// Holds a lane until it is told to let go, whatever the optimiser thinks of its last use.
private final class Holder: Sendable {
  private let lane: Monitor<BlockingLane?>
  init(_ lane: BlockingLane) { self.lane = Monitor(lane) }
  func letGo() { lane.withLock { $0 = nil } }
}
