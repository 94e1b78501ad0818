import Foundations
import Testing

@Suite("Blocking lanes", .timeLimit(.minutes(1)))
struct BlockingLaneTests {
  /// An actor around what might be a C handle.
  private actor Handle {
    private let lane: BlockingLane
    private(set) var noted: [Int] = []
    private(set) var isAlwaysOnLane = true

    init(on lane: BlockingLane) { self.lane = lane }

    nonisolated var unownedExecutor: UnownedSerialExecutor { lane.asUnownedSerialExecutor() }

    func note(_ number: Int) {
      noted.append(number)
      isAlwaysOnLane = isAlwaysOnLane && lane.isOnLane
    }

    /// Tasks of an actor are handed to its executor in the order they are made in.
    func noteInTasks(_ count: Int) -> [Task<Void, Never>] {
      (0..<count).map { number in Task { self.note(number) } }
    }

    func wait(for gate: Monitor<Bool>) { gate.wait { $0 ? () : nil } }
  }

  @Test("an actor on a lane runs on the lane's thread, and its work keeps its order")
  func actorOnLane() async throws {
    let handle = Handle(on: try BlockingLane(named: "handle"))
    for task in await handle.noteInTasks(1_000) { await task.value }
    #expect(await handle.noted == Array(0..<1_000))
    #expect(await handle.isAlwaysOnLane)
  }

  @Test("64 lanes that stand still do not hold up 1,000 tasks")
  func standingStill() async throws {
    let gate = Monitor(false)
    let standing = Monitor(0)
    let lanes = try (0..<64).map { try BlockingLane(named: "lane-\($0)") }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for lane in lanes {
        group.addTask {
          await lane.run {
            standing.withLock { $0 += 1 }
            gate.wait { $0 ? () : nil }
          }
        }
      }
      while standing.withLock({ $0 }) < 64 { await Task.yield() }
      let sum = await withTaskGroup(of: Int.self) { tasks in
        for number in 0..<1_000 {
          tasks.addTask {
            await Task.yield()
            return number
          }
        }
        return await tasks.reduce(0, +)
      }
      #expect(sum == 499_500)
      gate.withLock { $0 = true }
      gate.notify()
      try await group.waitForAll()
    }
  }

  @Test("calls and an actor share one lane without ever running at once")
  func shared() async throws {
    let lane = try BlockingLane(named: "shared")
    let handle = Handle(on: lane)
    let inside = Monitor(0)
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<200 {
        group.addTask { await handle.note(number) }
        group.addTask {
          await lane.run {
            #expect(
              inside.withLock {
                $0 += 1; return $0
              } == 1)
            #expect(lane.isOnLane)
            inside.withLock { $0 -= 1 }
          }
        }
      }
    }
    #expect(await handle.noted.count == 200)
    #expect(!lane.isOnLane)
  }

  @Test("what is thrown on the lane comes out with its type")
  func throwing() async throws {
    struct Refused: Error, Equatable { let number: Int }
    let lane = try BlockingLane(named: "throwing")
    do {
      try await lane.run { () throws(Refused) in throw Refused(number: 7) }
      Issue.record("nothing was thrown")
    } catch {
      #expect(error.number == 7)
    }
    #expect(await lane.run { 8 } == 8)
  }

  @Test("the isolation of an actor on the lane can be taken as given on the lane")
  func assumedOnLane() async throws {
    let lane = try BlockingLane(named: "assumed")
    let handle = Handle(on: lane)
    await lane.run { handle.assumeIsolated { $0.note(1) } }
    #expect(await handle.noted == [1])
  }

  @Test("and nowhere else: that is a defect, and ends the process")
  func assumedElsewhere() async {
    await #expect(processExitsWith: .failure) {
      let handle = Handle(on: try BlockingLane(named: "assumed"))
      func note() { handle.assumeIsolated { $0.note(1) } }
      note()
    }
  }

  @Test("the thread bears the lane's name")
  func name() async throws {
    let lane = try BlockingLane(named: "decode-1")
    let name = try await lane.run { try SmallFile.read("/proc/thread-self/comm", limit: 100) }
    #expect(String(decoding: name, as: UTF8.self) == "decode-1\n")
  }

  @Test("a lane that is let go of does what was handed to it, and then its thread ends")
  func freed() async throws {
    let ended = AsyncStream<Void>.makeStream()
    let done = Monitor(0)
    do {
      let lane = try BlockingLane(named: "freed", keeping: EndSignal(ended.continuation))
      let handle = Handle(on: lane)
      let tasks = await handle.noteInTasks(100)
      await lane.run { done.withLock { $0 += 1 } }
      for task in tasks { await task.value }
    }
    for await _ in ended.stream {}
    #expect(done.withLock { $0 } == 1)
  }

  @Test("cancelling the task raises the flag of the work that runs")
  func cancelled() async throws {
    let lane = try BlockingLane(named: "cancelled")
    let (begun, begins) = AsyncStream<Void>.makeStream()
    let task = Task {
      try await lane.runStoppable { stop in
        begins.finish()
        let changed = Monitor(0)
        stop.onStop { _ in changed.notify() }
        changed.wait { _ in stop.isStopped ? () : nil }
        try stop.check()
      }
    }
    for await _ in begun {}
    task.cancel()
    await #expect(throws: StoppedFailure.self) { try await task.value }
  }

  @Test("work whose flag is raised before its turn is not begun")
  func stoppedBefore() async throws {
    let lane = try BlockingLane(named: "stopped")
    let stop = StopFlag()
    stop.stop(.deadline)
    let failure = await #expect(throws: StoppedFailure.self) {
      try await lane.runStoppable(under: stop) { _ in Issue.record("it was begun") }
    }
    #expect(failure?.reason == .deadline)
  }
}

/// Tells when it is let go of.
private final class EndSignal: Sendable {
  private let continuation: AsyncStream<Void>.Continuation
  init(_ continuation: AsyncStream<Void>.Continuation) { self.continuation = continuation }
  deinit { continuation.finish() }
}
