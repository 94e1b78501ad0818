import Foundations
import Synchronization
import Testing

@Suite("Bounded queues between threads", .timeLimit(.minutes(1)))
struct BoundedQueueTests {
  private struct Broken: Error {}

  @Test("what one puts another takes, in order and whatever the length", arguments: [1, 3, 1_000])
  func order(capacity: Int) async throws {
    let queue = BoundedQueue<Int>(capacity: capacity)
    try await onThreads([
      {
        for number in 0..<2_000 { try queue.put(number) }
        queue.close()
      },
      {
        var expected = 0
        while let number = try queue.take() {
          #expect(number == expected)
          expected += 1
        }
        #expect(expected == 2_000)
      },
    ])
  }

  @Test("who is too quick waits: never more are put than taken and held")
  func backPressure() async throws {
    let queue = BoundedQueue<Int>(capacity: 3)
    let (put, taking) = (Counter(), Counter())
    try await onThreads([
      {
        for number in 0..<1_000 {
          try queue.put(number)
          #expect(put.add() <= taking.value + 3)
        }
        queue.close()
      },
      {
        repeat { taking.add() } while try queue.take() != nil
      },
    ])
    #expect(put.value == 1_000)
  }

  @Test("after closing, what is in the queue is taken, then nothing; nothing more goes in")
  func close() throws {
    let freed = Monitor(0)
    let queue = BoundedQueue<Tracked>(capacity: 2)
    try queue.put(Tracked(1, freed))
    queue.close()
    queue.close()
    let failure = #expect(throws: QueueFailure.self) { try queue.put(Tracked(2, freed)) }
    #expect(failure?.code == .queueClosed)
    #expect(freed.withLock { $0 } == 1)
    let first = value(of: try queue.take())
    #expect(first == 1)
    for _ in 0..<2 {
      let isEnded = try queue.take() == nil
      #expect(isEnded)
    }
  }

  @Test("a failure comes after what was put before it, and to who puts at once")
  func fail() throws {
    let queue = BoundedQueue<Int>(capacity: 2)
    try queue.put(1)
    queue.fail(Broken())
    queue.close()
    #expect(throws: Broken.self) { try queue.put(2) }
    #expect(try queue.take() == 1)
    for _ in 0..<2 { #expect(throws: Broken.self) { try queue.take() } }
  }

  @Test("closing, failing and stopping wake whoever stands and waits, on both sides")
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
      let putter: @Sendable () throws -> Void = {
        #expect(throws: (any Error).self) { try full.put(1) }
      }
      let taker: @Sendable () throws -> Void = { #expect((try? empty.take()) == nil) }
      let ender: @Sendable () throws -> Void = {
        end(full, stop)
        end(empty, stop)
      }
      try await onThreads([putter, putter, taker, taker, ender])
    }
  }

  @Test("once the flag is raised nothing goes in or out, even of what is there")
  func stopped() throws {
    let stop = StopFlag()
    let queue = BoundedQueue<Int>(capacity: 2, stop: stop)
    try queue.put(1)
    stop.stop(.deadline)
    let failure = #expect(throws: StoppedFailure.self) { try queue.take() }
    #expect(failure?.reason == .deadline)
    #expect(throws: StoppedFailure.self) { try queue.put(2) }
  }

  @Test("what is left in a queue is freed with it, though its flag lives on")
  func freed() throws {
    let freed = Monitor(0)
    let stop = StopFlag()
    do {
      let queue = BoundedQueue<Tracked>(capacity: 3, stop: stop)
      // Round the end of the ring, so that what is left lies in two pieces.
      for number in 0..<2 { try queue.put(Tracked(number, freed)) }
      for _ in 0..<2 { _ = try queue.take() }
      for number in 2..<5 { try queue.put(Tracked(number, freed)) }
      #expect(queue.count == 3)
      #expect(freed.withLock { $0 } == 2)
    }
    #expect(freed.withLock { $0 } == 5)
    stop.stop()
  }

  @Test("many put and many take: each element arrives once and is freed once")
  func manyToMany() async throws {
    let freed = Monitor(0)
    let queue = BoundedQueue<Tracked>(capacity: 7)
    let taken = Monitor<[Int]>([])
    let left = Counter(4)
    let putter: @Sendable (Int) -> @Sendable () throws -> Void = { first in
      {
        for number in stride(from: first, to: 8_000, by: 4) {
          try queue.put(Tracked(number, freed))
        }
        if left.add(-1) == 0 { queue.close() }
      }
    }
    let taker: @Sendable () throws -> Void = {
      while let element = try queue.take() { taken.withLock { $0.append(element.value) } }
    }
    try await onThreads((0..<4).map(putter) + [taker, taker, taker, taker])
    #expect(taken.withLock { $0.sorted() } == Array(0..<8_000))
    #expect(freed.withLock { $0 } == 8_000)
  }
}

/// A number that threads count with.
final class Counter: Sendable {
  private let number: Atomic<Int>

  init(_ start: Int = 0) { number = Atomic(start) }

  var value: Int { number.load(ordering: .acquiring) }

  @discardableResult
  func add(_ difference: Int = 1) -> Int {
    number.add(difference, ordering: .acquiringAndReleasing).newValue
  }
}
