import Synchronization

/// One piece of work as a line: its title, a bar, the share done, the rate, the time left.
///
///     clip.mkv  ━━━━━━━━━━━━╸───────────  52%  24.3 fps  1m 05s left  segment 3 of 12
///
/// The parts that change their length stand behind the bar, so that it does not move. On a narrow
/// terminal they go first, from the end.
package final class ProgressDisplay: LiveContent {
  private struct State {
    var update = ProgressUpdate(fraction: nil)
    var estimate = ProgressEstimate()
  }

  private let title: String
  private let time: any TimeSource
  private let state = Mutex(State())

  /// A display of nothing done yet.
  package init(_ title: String, time: any TimeSource) {
    self.title = title
    self.time = time
  }

  /// Where the work reports to; the display keeps the latest.
  package var sink: ProgressSink {
    ProgressSink { update in
      let now = self.time.uptime
      self.state.withLock { state in
        state.update = update
        state.estimate.record(update.done, at: now)
      }
    }
  }

  package func lines(on terminal: Terminal, at uptime: Duration) -> [StyledText] {
    let (update, facts) = reading(at: uptime)
    let title = StyledText(self.title, .strong).clipped(
      to: max(10, terminal.width / 3), .middle, ellipsis: terminal.ellipsis)
    let before = title.isEmpty ? StyledText() : title + "  "
    let room = terminal.width - 1 - before.width
    let share = update.fraction.map { Self.share($0).padded(to: 4, .trailing) }
    let fixed = share.map { $0.width + 2 } ?? 0
    let barWidth = min(Self.widestBar, room - fixed)
    guard barWidth >= Self.narrowestBar else {
      let line = before + (share ?? "")
      return [line.clipped(to: terminal.width - 1, ellipsis: terminal.ellipsis)]
    }
    let isUnicode = terminal.isUnicode
    var line = before
    if let fraction = update.fraction {
      line += ProgressBar.filled(fraction, width: barWidth, isUnicode: isUnicode)
    } else {
      line += ProgressBar.wandering(at: uptime, width: barWidth, isUnicode: isUnicode)
    }
    if let share { line += "  " + share }
    for fact in facts {
      let next = line + "  " + fact
      guard next.width < terminal.width else { break }
      line = next
    }
    let rest = terminal.width - 1 - line.width - 2
    if !update.message.isEmpty, rest >= Self.shortestMessage {
      let message = StyledText(update.message, .quiet)
      line += "  " + message.clipped(to: rest, ellipsis: terminal.ellipsis)
    }
    return [line]
  }

  package func summary(at uptime: Duration) -> StyledText? {
    let (update, facts) = reading(at: uptime)
    var all = (update.fraction.map { [Self.share($0)] } ?? []) + facts
    if !update.message.isEmpty { all.append(StyledText(update.message)) }
    guard let first = all.first else { return nil }
    let list = all.dropFirst().reduce(first) { $0 + ", " + $1 }
    return title.isEmpty ? list : StyledText(title) + ": " + list
  }

  private static let widestBar = 30
  private static let narrowestBar = 5
  private static let shortestMessage = 8

  /// Whole per cents, cut: a hundred is all of it.
  private static func share(_ fraction: Double) -> StyledText {
    // The little more is for 0.29, which times a hundred is 28.999….
    "\(Int(fraction * 100 + 1e-9))%"
  }

  /// What there is to tell beside the bar and before the message, the most wanted first.
  private func reading(at uptime: Duration) -> (ProgressUpdate, [StyledText]) {
    state.withLock { state in
      let update = state.update
      var facts: [StyledText] = []
      if update.total == nil, let amount = Self.amount(update) { facts.append(amount) }
      if update.fraction != 1, let total = update.total,
        let left = state.estimate.remaining(to: total, at: uptime)
      {
        facts.append(StyledText(HumanText.duration(left) + " left"))
      }
      if let rate = state.estimate.perSecond, let text = Self.rate(rate, update.unit) {
        facts.append(StyledText(text, .quiet))
      }
      return (update, facts)
    }
  }

  private static func amount(_ update: ProgressUpdate) -> StyledText? {
    let done = Int64(min(update.done, 9e18))
    return switch update.unit {
    case .share: nil
    case .bytes: StyledText(HumanText.bytes(done))
    case .frames: StyledText(HumanText.count(done, "frame"))
    case .items(let name): StyledText(HumanText.count(done) + " " + name)
    }
  }

  private static func rate(_ perSecond: Double, _ unit: ProgressUpdate.Unit) -> String? {
    switch unit {
    case .share: nil
    case .bytes: HumanText.byteRate(perSecond)
    case .frames: HumanText.rate(perSecond, "fps")
    case .items(let name): HumanText.rate(perSecond, "\(name)/s")
    }
  }
}
