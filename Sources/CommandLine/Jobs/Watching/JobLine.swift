import Foundations
import Model

/// One job as a line: its title, a bar, the share done, and what fits of the rest.
struct JobLine {
  private static let widestBar = 30
  private static let narrowestBar = 5

  let title: StyledText
  /// How much room all titles have, so that the bars stand below one another.
  let width: Int
  let job: Job
  let facts: [StyledText]

  func text(on terminal: Terminal, at uptime: Duration) -> StyledText {
    let head =
      title.clipped(to: width, .middle, ellipsis: terminal.ellipsis).padded(to: width) + "  "
    let share = StyledText(job.progress.fraction.map(JobText.share) ?? "").padded(to: 4, .trailing)
    let room = terminal.width - 1 - head.width - share.width - 2
    // On a narrow terminal the bar leaves some room for words.
    let barWidth = min(Self.widestBar, terminal.width >= 80 ? room : room / 2)
    var line = head
    if barWidth >= Self.narrowestBar { line += bar(barWidth, terminal, uptime) + "  " }
    line += share
    for fact in facts where !fact.isEmpty {
      let rest = terminal.width - 1 - line.width - 2
      guard fact.width <= rest else {
        if rest >= Self.narrowestBar {
          line += "  " + fact.clipped(to: rest, ellipsis: terminal.ellipsis)
        }
        break
      }
      line += "  " + fact
    }
    return line
  }

  private func bar(_ width: Int, _ terminal: Terminal, _ uptime: Duration) -> StyledText {
    if let fraction = job.progress.fraction {
      return .init(bar: fraction, width, terminal)
    }
    // What nobody works at stands still.
    guard job.state == .running else { return .init(bar: 0, width, terminal) }
    return ProgressBar.wandering(at: uptime, width: width, isUnicode: terminal.isUnicode)
  }
}

extension StyledText {
  fileprivate init(bar fraction: Double, _ width: Int, _ terminal: Terminal) {
    self = ProgressBar.filled(fraction, width: width, isUnicode: terminal.isUnicode)
  }
}
