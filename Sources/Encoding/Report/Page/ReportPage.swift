package import Foundations
import Hashing

/// The page of an encode: what was done, how good it became, and what its worst moments look like.
///
/// One file that asks for nothing elsewhere; it says so to the browser itself. It reads without
/// scripts too.
package struct ReportPage: Sendable {
  let report: EncodeReport
  let table: FrameTable
  let pairs: [FramePair]
  /// When it was made.
  let made: Timestamp

  /// A page of a report; the table tells when each frame is shown.
  package init(_ report: EncodeReport, table: FrameTable, pairs: [FramePair], made: Timestamp) {
    self.report = report
    self.table = table
    self.pairs = pairs
    self.made = made
  }

  /// The page.
  package var html: String {
    let page: Markup = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <meta name="color-scheme" content="light dark"/>
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-\(scriptHash)'"/>
      <title>\(name(report.output)) · encode report</title>
      <style>\(ReportStyle.css)</style>
      </head>
      <body>
      <main>
      \(ReportHead(report: report, made: made).markup)
      \(warnings)
      \(charts)
      \(PairSection(pairs: pairs, metric: metric, seconds: seconds, time: time).markup)
      \(ReportTables(report: report, table: table, metric: metric, time: time).markup)
      </main>
      <script>\(ReportStyle.script)</script>
      </body>
      </html>

      """
    return page.text
  }

  private var scriptHash: String {
    Base64.encode(SHA256.hash(Array(ReportStyle.script.text.utf8)).bytes)
  }

  private var metric: String { report.metric.uppercased() }
  private var time: TimeScale { TimeScale(seconds: table.seconds(ofFrame: table.count)) }

  private var seconds: @Sendable (Int) -> Double {
    let table = table
    return { table.seconds(ofFrame: $0) }
  }

  private func name(_ path: FilePath) -> String { path.fileName?.text ?? path.text }

  private var warnings: Markup {
    guard !report.warnings.isEmpty else { return .nothing }
    let lines = report.warnings.map { line -> Markup in "<li>\(line)</li>" }
    return """
      <section class="warnings" aria-labelledby="warnings"><h2 id="warnings">Worth knowing</h2><ul>\(Markup(lines))</ul></section>
      """
  }

  private var charts: Markup {
    let scores = report.segments.flatMap(\.scores)
    let bars = report.segments.map { segment in
      SegmentChart.Bar(
        number: segment.index + 1, start: seconds(segment.frames.lowerBound),
        end: seconds(segment.frames.upperBound), crf: segment.crf, quality: segment.quality,
        worst: segment.scores.min(), bytes: segment.sizeBytes)
    }
    let segments = SegmentChart(metric: metric, bars: bars, time: time)
    guard !scores.isEmpty else {
      return """
        <section aria-labelledby="charts"><h2 id="charts">Over the film</h2>
        <p class="quiet">Quality was not measured: the CRF was fixed.</p>
        \(segments.bits)</section>
        """
    }
    let scale = ScoreScale(
      scores, target: report.target, best: metric == "VMAF" ? 100 : nil)
    let curve = CurveChart(
      metric: metric, scores: scores, target: report.target, scale: scale, time: time,
      seconds: seconds, moments: pairs.map(\.frame))
    return """
      <section aria-labelledby="charts"><h2 id="charts">Over the film</h2>
      \(curve.markup)
      \(segments.quality(scale, target: report.target))
      \(segments.bits)</section>
      """
  }
}
