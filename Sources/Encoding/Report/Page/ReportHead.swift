import Foundations

/// The head of a report page: what was made of what, and the few numbers that matter.
struct ReportHead: Sendable {
  let report: EncodeReport
  let made: Timestamp

  var markup: Markup {
    """
    <header>
    <p class="eyebrow">Encode report · <span class="day">\("\(made)".prefix(10).description)</span></p>
    <h1>\(report.output.fileName?.text ?? report.output.text)</h1>
    <p class="quiet from">from <bdi>\(report.input.text)</bdi></p>
    </header>
    <section class="figures" aria-label="In short">
    \(Markup([size, quality, speed, verdict]))
    </section>
    """
  }

  private func figure(_ label: String, _ value: Markup, _ more: Markup) -> Markup {
    "<div class=\"figure\"><h2>\(label)</h2><p class=\"value\">\(value)</p>\(more)</div>"
  }

  private var size: Markup {
    let share =
      report.sizeBefore > 0 ? Double(report.sizeAfter) / Double(report.sizeBefore) : 1
    let saved = HumanText.percent(1 - share)
    let told = share <= 1 ? "\(saved) saved" : "\(HumanText.percent(share - 1)) larger"
    return figure(
      "Size", "\(HumanText.bytes(report.sizeAfter))",
      """
      <p class="more">of \(HumanText.bytes(report.sizeBefore)), \(told)</p><div class="share" aria-hidden="true"><i style="width:\(min(share, 1) * 100)%"></i></div>
      """)
  }

  private var quality: Markup {
    let score = EncodeReport.Score(report.segments.flatMap(\.scores)) ?? report.vmaf
    guard let score else {
      let crfs = report.segments.map(\.crf)
      let crf = CurveChart.plain(crfs.min() ?? 0)
      return figure("Quality", "CRF \(crf)", "<p class=\"more\">fixed; not measured</p>")
    }
    let target = report.target.map { "target \(CurveChart.plain($0)) · " } ?? ""
    let worst =
      "worst twentieth \(String(score.fifthPercentile, decimals: 1)) · worst frame \(String(score.minimum, decimals: 1))"
    return figure(
      report.metric.uppercased(), "\(String(score.mean, decimals: 2))",
      "<p class=\"more\">\(target)\(worst)</p>")
  }

  private var speed: Markup {
    let speed = report.seconds > 0 ? report.durationSeconds / report.seconds : 0
    let length = HumanText.duration(.seconds(report.durationSeconds.rounded()))
    return figure(
      "Time", "\(HumanText.duration(.seconds(report.seconds.rounded())))",
      "<p class=\"more\">for \(length) of film · \(HumanText.ratio(speed)) speed</p>")
  }

  private var verdict: Markup {
    let bad = report.checks.filter { !$0.isOK }.count
    let count = report.checks.count
    let value: Markup =
      bad == 0
      ? "<span class=\"good\">\(count) of \(count)</span>"
      : "<span class=\"bad\">\(count - bad) of \(count)</span>"
    return figure(
      "Checks passed", value,
      "<p class=\"more\">\(report.encoder)</p>")
  }
}
