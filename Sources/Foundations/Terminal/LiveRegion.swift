import Synchronization

/// What a live region shows.
package protocol LiveContent: Sendable {
  /// The lines of the frame drawn now, on a terminal.
  func lines(on terminal: Terminal, at uptime: Duration) -> [StyledText]
  /// The same in one line, for where nothing can be redrawn; nil while there is nothing to tell.
  func summary(at uptime: Duration) -> StyledText?
}

/// A few lines at the bottom of the screen that are redrawn in place while work goes on.
///
/// Redrawn at a bounded rate. Off a terminal it writes plain lines instead, seldom, and only when
/// they differ. Work that ends before the first frame is due shows nothing at all. The cursor is
/// hidden meanwhile and always comes back: at `finish`, when the stop flag is raised, and when the
/// region is let go of.
package final class LiveRegion: Sendable {
  private struct State {
    var dueAt: Duration
    var isShown = false
    var summary: StyledText?
    var isFinished = false
  }

  private let output: TextOutput
  private let content: any LiveContent
  private let time: any TimeSource
  private let interval: Duration
  private let state: Mutex<State>
  private let stop: StopFlag?
  private let stopToken = Mutex<Int?>(nil)

  /// Opens a region on a stream, which has one at a time.
  ///
  /// - Parameters:
  ///   - patience: how long the work may take before the first frame.
  ///   - frame: the least time between two frames on a terminal.
  ///   - plain: the least time between two lines elsewhere, and before the first.
  package init(
    _ content: any LiveContent, on output: TextOutput, time: any TimeSource, stop: StopFlag? = nil,
    patience: Duration = .milliseconds(300), frame: Duration = .milliseconds(100),
    plain: Duration = .seconds(10)
  ) {
    self.output = output
    self.content = content
    self.time = time
    self.stop = stop
    let isAnimated = output.terminal.mayAnimate
    interval = isAnimated ? frame : plain
    state = Mutex(State(dueAt: time.uptime + (isAnimated ? patience : plain)))
    if isAnimated { output.openRegion() }
    guard let stop else { return }
    let token = stop.onStop { [weak self] _ in self?.finish(keeping: true) }
    stopToken.withLock { $0 = token }
  }

  deinit {
    stop?.removeAction(stopToken.withLock { $0 })
    finish(keeping: true)
  }

  /// Draws a frame, if the last one was long enough ago.
  package func refresh() {
    let now = time.uptime
    let isDue = state.withLock { state in
      guard !state.isFinished, now >= state.dueAt else { return false }
      state.dueAt = now + interval
      state.isShown = true
      return true
    }
    guard isDue else { return }
    guard !output.terminal.mayAnimate else {
      return output.paint(content.lines(on: output.terminal, at: now))
    }
    writeSummary(at: now)
  }

  /// Draws frames until the task is cancelled or the region finished.
  package func run() async {
    while !state.withLock({ $0.isFinished }) {
      refresh()
      do { try await time.sleep(for: interval) } catch { return }
    }
  }

  /// Draws the last state and ends the region, or takes it off the screen.
  ///
  /// A second call does nothing.
  package func finish(keeping isWanted: Bool) {
    let (wasFinished, isShown) = state.withLock { state in
      defer { state.isFinished = true }
      return (state.isFinished, state.isShown)
    }
    guard !wasFinished else { return }
    let isKept = isWanted && isShown
    let now = time.uptime
    guard output.terminal.mayAnimate else {
      if isKept { writeSummary(at: now) }
      return
    }
    let lines = isKept ? content.lines(on: output.terminal, at: now) : nil
    output.closeRegion(after: lines, keeping: isKept)
  }

  private func writeSummary(at now: Duration) {
    guard let summary = content.summary(at: now) else { return }
    let isNew = state.withLock { state in
      defer { state.summary = summary }
      return state.summary != summary
    }
    if isNew { output.say(summary) }
  }
}
