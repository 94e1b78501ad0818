import Foundations
import Synchronization

/// A progress bar on standard error while a command works, where somebody is there to see it.
final class CommandProgress: Sendable {
  /// Often enough to look alive.
  private static let pause = Duration.milliseconds(100)

  private let display: ProgressDisplay
  private let region: LiveRegion
  private let ending = StopFlag()
  private let isEnded = Mutex(false)

  /// Begins to show a piece of work.
  init(_ title: String, _ context: CommandContext, isShown: Bool) {
    let time = SystemTime()
    display = ProgressDisplay(title, time: time)
    region = LiveRegion(display, on: context.err, time: time)
    guard isShown, context.err.terminal.isInteractive else { return }
    let (region, ending) = (region, ending)
    try? OwnThread.start(named: "progress") {
      let bell = Monitor(())
      let token = ending.onStop { _ in bell.notify() }
      defer { ending.removeAction(token) }
      while !ending.isStopped {
        region.refresh()
        _ = bell.wait(atMost: Self.pause) { _ in ending.isStopped ? true : nil }
      }
    }
  }

  /// Where the work reports to.
  var sink: ProgressSink { display.sink }

  /// Takes the bar away.
  func end() {
    let isFirst = isEnded.withLock { isEnded in
      defer { isEnded = true }
      return !isEnded
    }
    guard isFirst else { return }
    ending.stop()
    region.finish(keeping: false)
  }
}
