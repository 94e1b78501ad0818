package import Foundations
import Model

/// Wake-ups among the threads of one process.
package final class InProcessWakeups: Wakeups {
  private let state = Monitor(0)

  /// Nobody woken yet.
  package init() {}

  package var count: Int { state.withLock { $0 } }

  package func wake() {
    state.withLock { $0 += 1 }
    state.notify()
  }

  package func wait(after count: Int, atMost time: Duration, stop: StopFlag) -> Int {
    let token = stop.onStop { [state] _ in state.notify() }
    defer { stop.removeAction(token) }
    let news = state.wait(atMost: time) { now in
      now != count || stop.isStopped ? now : nil
    }
    return news ?? count
  }
}
