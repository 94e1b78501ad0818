package import Foundations

/// Lets encoders begin as long as the memory bears them.
///
/// How much one takes is learnt from those that ended: the encoder's own peak, not this program's.
/// Where memory is short, the next encode waits until another ends or others give some back; one is
/// always let in, since waiting for what nobody frees would last for ever.
package final class MemoryGate: Sendable {
  private struct State {
    var running = 0
    var peak: Int64
  }

  // How often memory is looked at while somebody waits.
  private static let look = Duration.milliseconds(500)
  // What is left to the rest of the machine, as a part of all.
  private static let spared: Int64 = 10
  // SVT-AV1 4.2 took 0.6 to 1.05 GB at 1080p, preset 6.
  private static let bytesPerPixel: Int64 = 500
  private static let base: Int64 = 100 << 20

  private let state: Monitor<State>
  private let memory: @Sendable () -> (total: Int64, available: Int64)?

  /// A gate for encoders of pictures so large.
  package init(
    pixels: Int,
    memory: @escaping @Sendable () -> (total: Int64, available: Int64)? = {
      Machine.memory
    }
  ) {
    state = Monitor(State(peak: Self.base + Int64(pixels) * Self.bytesPerPixel))
    self.memory = memory
  }

  /// How many encoders the memory bears now, at least one.
  package static func encoders(
    pixels: Int, cores: Int, memory: (total: Int64, available: Int64)?
  ) -> Int {
    guard let memory else { return max(1, cores) }
    let each = base + Int64(pixels) * bytesPerPixel
    let free = memory.available - memory.total / spared
    return max(1, min(cores, Int(free / max(each, 1))))
  }

  /// Runs an encode once there is memory for it; raising the flag ends the waiting.
  package func run<T>(stop: StopFlag, _ body: () throws -> (T, peak: Int64)) throws -> T {
    try enter(stop)
    do {
      let (result, peak) = try body()
      leave(peak)
      return result
    } catch {
      leave(0)
      throw error
    }
  }

  private func enter(_ stop: StopFlag) throws {
    let token = stop.onStop { [weak state] _ in state?.notify() }
    defer { stop.removeAction(token) }
    while true {
      let memory = memory()
      let entered = state.wait(atMost: Self.look) { state -> Bool? in
        if stop.isStopped { return false }
        guard state.running == 0 || Self.bears(memory, state) else { return nil }
        state.running += 1
        return true
      }
      try stop.check()
      if entered == true { return }
    }
  }

  private static func bears(
    _ memory: (total: Int64, available: Int64)?, _ state: State
  ) -> Bool {
    guard let memory else { return true }
    return memory.available - memory.total / spared >= state.peak
  }

  private func leave(_ peak: Int64) {
    state.withLock { state in
      state.running -= 1
      // A crashed encoder tells of no peak; a small one may be a probe's.
      state.peak = max(peak, state.peak * 9 / 10)
    }
    state.notify()
  }
}
