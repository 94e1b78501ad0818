import Foundations
import Model
import Synchronization

/// What a job uses: the thread it runs on, and the programs it starts.
///
/// Further threads of its own are not counted, since nobody can tell whose they are.
final class JobMeter: Sendable {
  private struct State {
    var thread: (use: ThreadUse, from: Double)?
    var children: [ObjectIdentifier: Child] = [:]
    /// Of what is over.
    var cpuSeconds: Double
    var peak: Int64

    var threadSeconds: Double {
      thread.map { max(0, ($0.use.cpuSeconds ?? $0.from) - $0.from) } ?? 0
    }
  }

  private let state: Mutex<State>

  /// A meter that goes on from what earlier attempts used.
  init(after use: JobUse) {
    state = Mutex(State(cpuSeconds: use.cpuSeconds, peak: use.peakMemory))
  }

  /// Counts this thread from now on.
  func begin() {
    let use = ThreadUse.ofThisThread()
    let from = use.cpuSeconds ?? 0
    state.withLock { $0.thread = (use, from) }
  }

  /// Counts this thread no longer.
  func end() {
    state.withLock { state in
      state.cpuSeconds += state.threadSeconds
      state.thread = nil
    }
  }

  func watch(_ child: Child) { state.withLock { $0.children[ObjectIdentifier(child)] = child } }

  func finish(_ child: Child, _ usage: ChildUsage) {
    state.withLock { state in
      state.children[ObjectIdentifier(child)] = nil
      state.cpuSeconds += usage.cpuSeconds
      state.peak = max(state.peak, usage.peakMemoryBytes ?? 0)
    }
  }

  /// The use up to now.
  func read() -> JobUse {
    state.withLock { state in
      let children = state.children.values.compactMap(\.useNow)
      state.peak = max(state.peak, children.reduce(0) { $0 + $1.memoryBytes })
      let seconds = children.reduce(state.cpuSeconds + state.threadSeconds) { $0 + $1.cpuSeconds }
      // Hundredths are as fine as the kernel's ticks, and news only now and then.
      return JobUse(cpuSeconds: (seconds * 100).rounded() / 100, peakMemory: state.peak)
    }
  }
}
