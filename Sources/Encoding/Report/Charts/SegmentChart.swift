import Foundations

/// The quality of each segment over the film, or the bits that it takes.
struct SegmentChart: Sendable {
  /// A segment as it is drawn.
  struct Bar: Sendable {
    let number: Int
    let start: Double
    let end: Double
    let crf: Double
    /// Its mean score, and its worst frame's.
    let quality: Double?
    let worst: Double?
    let bytes: Int64

    /// Bits a second.
    var bitRate: Double { end > start ? Double(bytes) * 8 / (end - start) : 0 }

    /// Its line in a hint.
    func hint(_ metric: String, _ time: TimeScale) -> String {
      let score = quality.map { ", \(metric) \(String($0, decimals: 2))" } ?? ""
      return "segment \(number), \(time.text(start)) to \(time.text(end)): CRF "
        + "\(CurveChart.plain(crf))\(score), \(HumanText.bitRate(Int64(bitRate)))"
    }
  }

  let metric: String
  let bars: [Bar]
  let time: TimeScale

  private static let (width, height) = (ChartFrame.width, ChartFrame.height)

  /// The quality: from the worst frame up to the mean, which has a line.
  func quality(_ scale: ScoreScale, target: Double?) -> Markup {
    var drawing: [Markup] = []
    if let target {
      drawing.append(
        "<path class=\"target\" d=\"M0 \(Self.height * scale.place(target))H\(Self.width)\"/>")
    }
    for bar in bars {
      guard let quality = bar.quality else { continue }
      let (left, width) = extent(bar)
      let top = Self.height * scale.place(quality)
      let bottom = Self.height * scale.place(bar.worst ?? quality)
      drawing.append(
        """
        <g class="segment"><title>\(bar.hint(metric, time))</title><rect class="range" x="\(left)" y="\(top)" width="\(width)" height="\(bottom - top)"/><path class="mean" d="M\(left) \(top)h\(width)"/><rect class="catch" x="\(left)" y="0" width="\(width)" height="\(Self.height)"/></g>
        """)
    }
    let means = bars.compactMap(\.quality)
    var frame = ChartFrame(
      title: "\(metric) of each segment",
      description: "\(metric) of \(HumanText.count(bars.count, "segment")), between "
        + "\(String(means.min() ?? 0, decimals: 2)) and \(String(means.max() ?? 0, decimals: 2))",
      time: time, labels: scale.ticks.map { (scale.place($0), CurveChart.plain($0)) }, pixels: 160)
    frame.legend =
      "<span class=\"key line\">mean</span> <span class=\"key area\">down to the worst frame</span>"
    return frame.markup(Markup(drawing))
  }

  /// The bits a second.
  var bits: Markup {
    let most = bars.map(\.bitRate).max() ?? 0
    let step = Self.step(most)
    let top = max((most / step).rounded(.up), 1) * step
    let mean = bars.reduce(0) { $0 + Double($1.bytes) } * 8 / max(time.seconds, 1e-3)
    var drawing = bars.map { bar -> Markup in
      let (left, width) = extent(bar)
      let tall = Self.height * bar.bitRate / top
      return """
        <g class="segment"><title>\(bar.hint(metric, time))</title><rect class="bits" x="\(left)" y="\(Self.height - tall)" width="\(width)" height="\(tall)"/><rect class="catch" x="\(left)" y="0" width="\(width)" height="\(Self.height)"/></g>
        """
    }
    let line = Self.height * (1 - min(mean / top, 1))
    drawing.append("<path class=\"average\" d=\"M0 \(line)H\(Self.width)\"/>")
    let labels = stride(from: 0, through: top, by: step).map { rate in
      (1 - rate / top, rate == 0 ? "0" : HumanText.bitRate(Int64(rate)))
    }
    var frame = ChartFrame(
      title: "Bits of each segment",
      description: "bits a second of \(HumanText.count(bars.count, "segment")), at most "
        + "\(HumanText.bitRate(Int64(most))), \(HumanText.bitRate(Int64(mean))) in the mean",
      time: time, labels: labels, pixels: 160)
    frame.legend = "<span class=\"key thin\">mean \(HumanText.bitRate(Int64(mean)))</span>"
    return frame.markup(Markup(drawing))
  }

  /// Where a bar lies; a little apart from the next where there is room.
  private func extent(_ bar: Bar) -> (left: Double, width: Double) {
    let left = Self.width * time.place(bar.start)
    let width = Self.width * time.place(bar.end) - left
    let gap = min(1.5, width * 0.15)
    return (left, max(width - gap, 0.3))
  }

  /// A round step, of which two to five reach the top.
  private static func step(_ most: Double) -> Double {
    var unit = 1.0
    while unit * 10 <= most { unit *= 10 }
    return [0.2, 0.5, 1, 2].map { unit * $0 }.first { most / $0 <= 5 } ?? unit * 2
  }
}
