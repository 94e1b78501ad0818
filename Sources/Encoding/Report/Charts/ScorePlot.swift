import Foundations

/// The curve of a film's scores as a drawing that stands by itself (SVG), light or dark as the
/// reader's screen is.
package struct ScorePlot: Sendable {
  private static let (width, height) = (1_200.0, 440.0)
  private static let (left, right, top, bottom) = (64.0, 24.0, 64.0, 44.0)
  private static let columns = 1_100

  private let title: String
  private let metric: String
  private let scores: [Double]
  private let duration: Double?

  /// A plot of scores, one a frame; over time where the duration is known, else over frames.
  package init(title: String, metric: String, scores: [Double], duration: Double?) {
    self.title = title
    self.metric = metric
    self.scores = scores
    self.duration = duration
  }

  /// The drawing.
  package var svg: String {
    let (wide, high) = (
      Self.width - Self.left - Self.right, Self.height - Self.top - Self.bottom
    )
    let scale = ScoreScale(scores, target: nil, best: metric == "VMAF" ? 100 : nil)
    let length = duration ?? Double(max(scores.count - 1, 1))
    let time = TimeScale(seconds: length)
    let each = length / Double(max(scores.count, 1))
    let series = ScoreSeries(scores, at: { Double($0) * each }, columns: Self.columns)
    var drawing: [Markup] = scale.ticks.map { tick in
      let y = high * scale.place(tick)
      return
        "<path class=\"grid\" d=\"M0 \(y)H\(wide)\"/><text class=\"label\" x=\"-10\" y=\"\(y + 4.5)\" text-anchor=\"end\">\(CurveChart.plain(tick))</text>"
    }
    drawing += time.ticks.map { tick in
      let text = duration == nil ? HumanText.count(Int(tick)) : time.text(tick)
      return
        "<text class=\"label\" x=\"\(wide * time.place(tick))\" y=\"\(high + 26)\" text-anchor=\"middle\">\(text)</text>"
    }
    if let band = series.band(time, scale, width: wide, height: high) {
      drawing.append("<path class=\"band\" d=\"\(band)\"/>")
    }
    drawing.append(
      "<path class=\"curve\" d=\"\(series.line(time, scale, width: wide, height: high))\"/>")
    let page: Markup = """
      <?xml version="1.0" encoding="UTF-8"?>
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.width) \(Self.height)" width="\(Self.width)" height="\(Self.height)" role="img" aria-label="\(summary)">
      <title>\(title)</title>
      <style>\(Self.style)</style>
      <rect class="paper" width="100%" height="100%"/>
      <text class="title" x="\(Self.left)" y="32">\(shownTitle)</text>
      <text class="label" x="\(Self.width - Self.right)" y="32" text-anchor="end">\(summary)</text>
      <g transform="translate(\(Self.left) \(Self.top))">
      \(Markup(drawing))
      </g>
      </svg>

      """
    return page.text
  }

  /// As much of the title as has room beside the summary.
  private var shownTitle: String {
    let room = 70
    return title.count <= room ? title : "\(title.prefix(room - 1))…"
  }

  private var summary: String {
    let sorted = scores.sorted()
    guard let least = sorted.first else { return "no frames" }
    let mean = scores.reduce(0, +) / Double(scores.count)
    return "\(metric) mean \(String(mean, decimals: 2)), worst frame "
      + "\(String(least, decimals: 2)), \(HumanText.count(scores.count, "frame"))"
  }

  private static let style: Markup = """

    .paper{fill:#fff}.grid{stroke:#e3e6ea;fill:none}.band{fill:#2f6fdb;opacity:.2}
    .curve{stroke:#2f6fdb;stroke-width:1.6;fill:none;stroke-linejoin:round}
    text{font:14px system-ui,sans-serif;fill:#1a1d21}.title{font-weight:600;font-size:17px}
    .label{fill:#5c6570;font-size:13px;font-variant-numeric:tabular-nums}
    @media(prefers-color-scheme:dark){.paper{fill:#12161b}.grid{stroke:#2a3038}
    .band{fill:#7aa7ff}.curve{stroke:#7aa7ff}text{fill:#e8eaed}.label{fill:#9aa4af}}

    """
}
