import Encoding
import Engine
import FFmpegTool
import Foundations
import Media
import Synchronization

/// An encode that goes on, as lines that are redrawn: the stage with a bar, and what is known so far;
/// before them, of a folder, which of its films it is and how far all are.
final class EncodeView: LiveContent {
  private static let widestBar = 40
  private static let narrowestBar = 8

  /// Where a folder is.
  private struct Whole {
    var weight = 0.0
    /// Of the films that are over.
    var done = 0.0
    var index = 0
    /// How many are encoded; nil while they are looked for.
    var count: Int?
    var film: PlannedFilm?
    var estimate = ProgressEstimate()
  }

  private struct State {
    var title: String
    var whole: Whole?
    var stage = EncodeStage.analysis
    var fraction = 0.0
    var plan: EncodePlan?
    var progress: EncodingProgress?
    var probes = 0
    var encodes = 0
    var estimate = ProgressEstimate()

    init(_ title: String) { self.title = title }

    /// How much of a folder's work is done, from 0 to 1.
    var share: Double {
      guard let whole, whole.weight > 0 else { return 0 }
      let film = whole.film.map { $0.weight * stage.whole(at: fraction) } ?? 0
      return min(1, (whole.done + film) / whole.weight)
    }

    mutating func recordShare(at uptime: Duration) {
      let share = share
      whole?.estimate.record(share, at: uptime)
    }
  }

  private let time: any TimeSource
  private let state: Mutex<State>

  init(_ title: String, time: any TimeSource) {
    self.time = time
    state = Mutex(State(title))
  }

  /// Begins with a folder, whose films are looked for.
  func beginFolder() { state.withLock { $0.whole = Whole() } }

  /// Begins with a folder's films.
  func begin(_ plan: FolderPlan) {
    let films = plan.toEncode
    state.withLock { state in
      state.whole = Whole(weight: films.reduce(0) { $0 + $1.weight }, count: films.count)
    }
  }

  /// Begins with the next film of a folder.
  func begin(_ film: PlannedFilm, _ index: Int, of count: Int) {
    let now = time.uptime
    state.withLock { state in
      var whole = state.whole ?? Whole(weight: film.weight, count: count)
      (whole.film, whole.index) = (film, index)
      state = State(film.name.description)
      state.whole = whole
      state.recordShare(at: now)
    }
  }

  /// Ends a film of a folder, however it went.
  func endFilm() {
    state.withLock { state in
      let weight = state.whole?.film?.weight ?? 0
      state.whole?.done += weight
      state.whole?.film = nil
    }
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
        state.recordShare(at: now)
      case .segment(.measured(_, _, _, let isProbe, let isReused)) where !isReused:
        if isProbe { state.probes += 1 } else { state.encodes += 1 }
      case .segment(.done(_, let progress)): state.progress = progress
      case .segment, .warning: break
      }
    }
  }

  func lines(on terminal: Terminal, at uptime: Duration) -> [StyledText] {
    let state = state.withLock { $0 }
    var lines = whole(state, terminal, uptime).map { [$0] } ?? []
    // Between two films there is nothing else to show.
    if state.whole != nil, state.whole?.film == nil { return lines }
    lines.append(head(state, terminal, uptime))
    let facts = facts(state)
    if !facts.isEmpty {
      // Room for the ^C that a terminal writes behind it, which must not begin a line of its own.
      lines.append(
        ("  " + StyledText.dotted(facts)).clipped(
          to: terminal.width - 3, ellipsis: terminal.ellipsis))
    }
    return lines
  }

  func summary(at uptime: Duration) -> StyledText? {
    let state = state.withLock { $0 }
    var parts: [StyledText] = []
    if let whole = state.whole {
      guard whole.film != nil else { return nil }
      parts.append("film \(whole.index + 1) of \(whole.count ?? 1)")
      parts.append(StyledText(state.title))
    }
    parts.append(StyledText(state.stage.rawValue))
    parts.append(StyledText(HumanText.percent(state.fraction)))
    return .dotted(parts + facts(state))
  }

  private func whole(
    _ state: State, _ terminal: Terminal, _ uptime: Duration
  ) -> StyledText? {
    guard let whole = state.whole else { return nil }
    guard let count = whole.count else {
      return (StyledText("looking for films in ", .quiet) + StyledText(state.title, .strong))
        .clipped(to: terminal.width - 1, .middle, ellipsis: terminal.ellipsis)
    }
    guard count > 0 else { return nil }
    let number = min(whole.index + 1, count)
    let line = StyledText("film \(number) of \(count)", .strong) + "  "
    return bar(line, state.share, whole.estimate, terminal, uptime)
  }

  private func head(_ state: State, _ terminal: Terminal, _ uptime: Duration) -> StyledText {
    let width = max(10, terminal.width / 3)
    let name = StyledText(state.title, .strong).clipped(
      to: width, .middle, ellipsis: terminal.ellipsis)
    let line = name + "  " + StyledText(state.stage.rawValue, .accent) + "  "
    return bar(line, state.fraction, state.estimate, terminal, uptime)
  }

  /// A line with a bar, the share that is done, and the time that is left.
  private func bar(
    _ start: StyledText, _ fraction: Double, _ estimate: ProgressEstimate, _ terminal: Terminal,
    _ uptime: Duration
  ) -> StyledText {
    var (line, estimate) = (start, estimate)
    var tail = StyledText(HumanText.percent(fraction)).padded(to: 5, .trailing)
    if let left = estimate.remaining(to: 1, at: uptime) {
      tail += "  \(HumanText.duration(.seconds((left / .seconds(1)).rounded()))) left"
    }
    let bar = min(Self.widestBar, terminal.width - 1 - line.width - tail.width - 1)
    if bar >= Self.narrowestBar {
      line += ProgressBar.filled(fraction, width: bar, isUnicode: terminal.isUnicode) + " "
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
