import Foundations

/// The score of each frame over the film, with the target and the moments that are shown below.
struct CurveChart: Sendable {
  private static let columns = 1_000

  let metric: String
  let scores: [Double]
  let target: Double?
  let scale: ScoreScale
  let time: TimeScale
  /// When a frame is shown.
  let seconds: @Sendable (Int) -> Double
  /// Frames that are marked, with their numbers in the page.
  let moments: [Int]

  var markup: Markup {
    let (width, height) = (ChartFrame.width, ChartFrame.height)
    let series = ScoreSeries(scores, at: seconds, columns: Self.columns)
    var drawing: [Markup] = []
    if let band = series.band(time, scale, width: width, height: height) {
      drawing.append("<path class=\"band\" d=\"\(band)\"/>")
    }
    if let target {
      drawing.append("<path class=\"target\" d=\"M0 \(height * scale.place(target))H\(width)\"/>")
    }
    drawing.append(
      "<path class=\"curve\" d=\"\(series.line(time, scale, width: width, height: height))\"/>")
    let marks = moments.enumerated().filter { scores.indices.contains($1) }.map {
      number, frame -> Markup in
      let (left, top) = (time.place(seconds(frame)) * 100, scale.place(scores[frame]) * 100)
      return
        "<a class=\"mark\" href=\"#moment-\(number + 1)\" style=\"left:\(left)%;top:\(top)%\" aria-label=\"moment \(number + 1)\">\(number + 1)</a>"
    }
    var frame = ChartFrame(
      title: "\(metric) of each frame", description: description, time: time,
      labels: scale.ticks.map { (scale.place($0), Self.plain($0)) }, pixels: 240)
    frame.notes = Markup(marks)
    frame.legend =
      target.map { "<span class=\"key dashed\">target \(Self.plain($0))</span>" } ?? .nothing
    return frame.markup(Markup(drawing))
  }

  private var description: String {
    let least = scores.min() ?? 0
    let worst = scores.firstIndex(of: least) ?? 0
    return "\(metric) of \(HumanText.count(scores.count, "frame")) over the film; the worst is "
      + "\(String(least, decimals: 2)) at \(time.text(seconds(worst)))"
  }

  /// A score without digits that say nothing.
  static func plain(_ value: Double) -> String {
    let rounded = (value * 100).rounded() / 100
    return Int(exactly: rounded).map { "\($0)" } ?? "\(rounded)"
  }
}
