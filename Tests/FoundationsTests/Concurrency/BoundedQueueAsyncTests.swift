import Foundations
import Testing

@Suite("Bounded queues between tasks", .timeLimit(.minutes(1)))
struct BoundedQueueAsyncTests {
  private struct Broken: Error {}

  @Test("what one task puts another takes, in order", arguments: [1, 3, 1_000])
  func order(capacity: Int) async throws {
    let queue = BoundedQueue<Int>(capacity: capacity)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for number in 0..<2_000 { try await queue.put(number) }
        queue.close()
      }
      group.addTask {
        var expected = 0
        while let number = try await queue.take() {
          #expect(number == expected)
          expected += 1
        }
        #expect(expected == 2_000)
      }
      try await group.waitForAll()
    }
  }

  @Test("threads and tasks share a queue: each element arrives once and is freed once")
  func mixed() async throws {
    let freed = Monitor(0)
    let queue = BoundedQueue<Tracked>(capacity: 5)
    let taken = Monitor<[Int]>([])
    let left = Counter(4)
    let threads: [@Sendable () throws -> Void] = [
      { try putAll(0, queue, freed, left) }, { try putAll(1, queue, freed, left) },
      { try takeAll(queue, taken) }, { try takeAll(queue, taken) },
    ]
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await onThreads(threads) }
      for first in 2..<4 {
        group.addTask {
          for number in stride(from: first, to: 8_000, by: 4) {
            try await queue.put(Tracked(number, freed))
          }
          if left.add(-1) == 0 { queue.close() }
        }
        group.addTask {
          while let element = try await queue.take() {
            taken.withLock { $0.append(element.value) }
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(taken.withLock { $0.sorted() } == Array(0..<8_000))
    #expect(freed.withLock { $0 } == 8_000)
  }

  @Test("closing, failing and stopping wake all tasks that are suspended, on both sides")
  func woken() async throws {
    let endings: [@Sendable (BoundedQueue<Int>, StopFlag) -> Void] = [
      { queue, _ in queue.close() }, { queue, _ in queue.fail(Broken()) },
      { _, stop in stop.stop() },
    ]
    for end in endings {
      let stop = StopFlag()
      let full = BoundedQueue<Int>(capacity: 1, stop: stop)
      let empty = BoundedQueue<Int>(capacity: 1, stop: stop)
      try await full.put(0)
      await withTaskGroup(of: Bool.self) { group in
        for _ in 0..<10 {
          group.addTask { (try? await full.put(1)) == nil }
          group.addTask { ((try? await empty.take()) ?? nil) == nil }
        }
        while full.suspended < 10 || empty.suspended < 10 { await Task.yield() }
        end(full, stop)
        end(empty, stop)
        for await isEnded in group { #expect(isEnded) }
      }
    }
  }

  @Test("a task that is cancelled while it is suspended leaves, and its element is freed")
  func cancelled() async throws {
    let freed = Monitor(0)
    let queue = BoundedQueue<Tracked>(capacity: 1)
    try await queue.put(Tracked(0, freed))
    let putter = Task { try await queue.put(Tracked(1, freed)) }
    while queue.suspended == 0 { await Task.yield() }
    putter.cancel()
    await #expect(throws: CancellationError.self) { try await putter.value }
    #expect(freed.withLock { $0 } == 1)
    #expect(queue.suspended == 0)

    let empty = BoundedQueue<Int>(capacity: 1)
    let taker = Task { try await empty.take() }
    while empty.suspended == 0 { await Task.yield() }
    taker.cancel()
    await #expect(throws: CancellationError.self) { try await taker.value }
    try await empty.put(1)
    #expect(try await empty.take() == 1)
  }

  @Test("tasks that are cancelled at any moment lose no element and no wake-up")
  func cancelledAnytime() async throws {
    let queue = BoundedQueue<Int>(capacity: 2)
    let taken = Monitor<Set<Int>>([])
    let count = 2_000
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for number in 0..<count { try await queue.put(number) }
        queue.close()
      }
      for _ in 0..<4 {
        group.addTask {
          // Each taker is a short-lived task that is cancelled at once; what it took still counts.
          var isOver = false
          while !isOver {
            let taker = Task { try await queue.take() }
            taker.cancel()
            switch await taker.result {
            case .success(let number?): taken.withLock { _ = $0.insert(number) }
            case .success(nil): isOver = true
            case .failure: await Task.yield()
            }
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(taken.withLock { $0 } == Set(0..<count))
  }
}

private func putAll(
  _ first: Int, _ queue: BoundedQueue<Tracked>, _ freed: Monitor<Int>, _ left: Counter
) throws {
  for number in stride(from: first, to: 8_000, by: 4) { try queue.put(Tracked(number, freed)) }
  if left.add(-1) == 0 { queue.close() }
}

private func takeAll(_ queue: BoundedQueue<Tracked>, _ taken: Monitor<[Int]>) throws {
  while let element = try queue.take() { taken.withLock { $0.append(element.value) } }
}
