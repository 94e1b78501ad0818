import Encoding
import Engine
import FFmpegTool
import Foundations
import Media
import Synchronization

/// An encode that goes on, as lines that are redrawn: the stage with a bar, and what is known so far.
final class EncodeView: LiveContent {
  private static let widestBar = 40
  private static let narrowestBar = 8

  private struct State {
    var stage = EncodeStage.analysis
    var fraction = 0.0
    var plan: EncodePlan?
    var progress: EncodingProgress?
    var probes = 0
    var encodes = 0
    var estimate = ProgressEstimate()
  }

  private let title: String
  private let time: any TimeSource
  private let state = Mutex(State())

  init(_ title: String, time: any TimeSource) {
    self.title = title
    self.time = time
  }

  /// Takes news in.
  func take(_ news: EncodeNews) {
    let now = time.uptime
    state.withLock { state in
      switch news {
      case .planned(let plan): state.plan = plan
      case .stage(let stage):
        state.stage = stage
        state.fraction = 0
        state.estimate = ProgressEstimate()
      case .progress(let stage, let fraction):
        state.stage = stage
        state.fraction = fraction
        state.estimate.record(fraction, at: now)
      case .segment(.measured(_, _, _, let isProbe, let isReused)) where !isReused:
        if isProbe { state.probes += 1 } else { state.encodes += 1 }
      case .segment(.done(_, let progress)): state.progress = progress
      case .segment, .warning: break
      }
    }
  }

  func lines(on terminal: Terminal, at uptime: Duration) -> [StyledText] {
    let state = state.withLock { $0 }
    var lines = [head(state, terminal, uptime)]
    let facts = facts(state)
    if !facts.isEmpty {
      lines.append(
        ("  " + StyledText.dotted(facts)).clipped(
          to: terminal.width - 1, ellipsis: terminal.ellipsis))
    }
    return lines
  }

  func summary(at uptime: Duration) -> StyledText? {
    let state = state.withLock { $0 }
    return .dotted(
      [
        StyledText(state.stage.rawValue), StyledText(HumanText.percent(state.fraction)),
      ] + facts(state))
  }

  private func head(_ state: State, _ terminal: Terminal, _ uptime: Duration) -> StyledText {
    let width = max(10, terminal.width / 3)
    let name = StyledText(title, .strong).clipped(
      to: width, .middle, ellipsis: terminal.ellipsis)
    var line = name + "  " + StyledText(state.stage.rawValue, .accent) + "  "
    let share = StyledText(HumanText.percent(state.fraction)).padded(to: 5, .trailing)
    var tail = share
    var estimate = state.estimate
    if let left = estimate.remaining(to: 1, at: uptime) {
      tail += "  \(HumanText.duration(.seconds((left / .seconds(1)).rounded()))) left"
    }
    let bar = min(Self.widestBar, terminal.width - 1 - line.width - tail.width - 1)
    if bar >= Self.narrowestBar {
      line += ProgressBar.filled(state.fraction, width: bar, isUnicode: terminal.isUnicode) + " "
    }
    return (line + tail).clipped(to: terminal.width - 1, ellipsis: terminal.ellipsis)
  }

  private func facts(_ state: State) -> [StyledText] {
    guard let plan = state.plan, state.stage != .analysis else { return [] }
    var facts: [StyledText] = []
    if let progress = state.progress {
      facts.append("\(progress.segmentsDone) of \(progress.segments) segments")
      facts.append(StyledText(HumanText.rate(progress.framesPerSecond, "fps")))
      if let rate = plan.film.video.video?.frameRate?.double, rate > 0 {
        facts.append("\(HumanText.ratio(progress.framesPerSecond / rate)) speed")
      }
      facts.append(StyledText(HumanText.bytes(progress.bytes)))
      if let whole = progress.expectedBytes {
        facts.append(StyledText("\(HumanText.bytes(whole)) expected", .quiet))
      }
      if let quality = progress.quality, let goal = plan.goal {
        let shown = Double((quality * 100).rounded()) / 100
        facts.append("\(goal.metric.rawValue) \(shown)")
      }
    } else {
      facts.append("\(plan.segments.segments.count) segments")
    }
    if state.probes + state.encodes > 0 {
      facts.append(
        StyledText(
          "\(HumanText.count(state.probes, "probe")), \(HumanText.count(state.encodes, "encode"))",
          .quiet))
    }
    return facts
  }
}
