import Encoding
import Foundations
import Synchronization
import TestSupport
import Testing

@Suite("The memory's gate")
struct MemoryGateTests {
  private static let gigabyte: Int64 = 1 << 30

  @Test("lets one encoder in whatever the memory, and a second only where there is room")
  func room() throws {
    for (free, together) in [(0, 1), (8, 2)] as [(Int64, Int)] {
      let gate = MemoryGate(pixels: 1_920 * 1_080) { (16 * Self.gigabyte, free * Self.gigabyte) }
      let most = Mutex((now: 0, most: 0))
      let both = Monitor(0)
      withThreads(2) { _ in
        _ = try? gate.run(stop: StopFlag()) {
          most.withLock {
            $0.now += 1
            $0.most = max($0.most, $0.now)
          }
          both.withLock { $0 += 1 }
          both.notify()
          // Where there is room, the other comes while this one is still inside.
          if together == 2 { both.wait { $0 == 2 ? () : nil } }
          most.withLock { $0.now -= 1 }
          return ((), peak: Self.gigabyte)
        }
      }
      #expect(most.withLock { $0.most } == together)
    }
  }

  @Test("learns from an encoder how much the next will take")
  func learns() throws {
    let free = Mutex(4 * Self.gigabyte)
    let gate = MemoryGate(pixels: 64) { (10 * Self.gigabyte, free.withLock { $0 }) }
    _ = try gate.run(stop: StopFlag()) { ((), peak: 6 * Self.gigabyte) }
    let stop = StopFlag()
    let refused = try gate.run(stop: StopFlag()) { () throws -> (Bool, peak: Int64) in
      // A second beside this one would need six, and there are four.
      stop.stop()
      let second = try? gate.run(stop: stop) { (true, peak: 0) }
      return (second == nil, peak: 0)
    }
    #expect(refused)
  }

  @Test("counts as many encoders as cores and memory allow, at least one")
  func encoders() {
    let pixels = 1_920 * 1_080
    let plenty = (total: 64 * Self.gigabyte, available: 60 * Self.gigabyte)
    #expect(MemoryGate.encoders(pixels: pixels, cores: 8, memory: plenty) == 8)
    let little = (total: 4 * Self.gigabyte, available: 3 * Self.gigabyte)
    #expect(MemoryGate.encoders(pixels: pixels, cores: 8, memory: little) == 2)
    #expect(MemoryGate.encoders(pixels: pixels, cores: 8, memory: (1, 0)) == 1)
    #expect(MemoryGate.encoders(pixels: pixels, cores: 3, memory: nil) == 3)
  }
}
