import Foundations

/// The tables of a report page: every check, every segment, every parameter.
struct ReportTables: Sendable {
  let report: EncodeReport
  let table: FrameTable
  let metric: String
  let time: TimeScale

  var markup: Markup { Markup([checks, segments, parameters]) }

  private var checks: Markup {
    guard !report.checks.isEmpty else { return .nothing }
    let bad = report.checks.filter { !$0.isOK }.count
    let rows = report.checks.map { check -> Markup in
      let verdict: Markup =
        check.isOK ? "<td class=\"good\">passed</td>" : "<td class=\"bad\">failed</td>"
      return
        "<tr><th scope=\"row\">\(check.name)</th><td>\(check.expected)</td><td>\(check.found)</td>\(verdict)</tr>"
    }
    let title =
      bad == 0
      ? "All \(HumanText.count(report.checks.count, "check")) passed"
      : "\(bad) of \(report.checks.count) checks failed"
    return details(
      title, isOpen: bad > 0, ["check", "expected", "found", "verdict"], numbers: [], rows)
  }

  private var segments: Markup {
    let rows = report.segments.map { segment -> Markup in
      let (start, end) = (
        table.seconds(ofFrame: segment.frames.lowerBound),
        table.seconds(ofFrame: segment.frames.upperBound)
      )
      let rate = end > start ? Double(segment.sizeBytes) * 8 / (end - start) : 0
      let quality = segment.quality.map { String($0, decimals: 2) } ?? "–"
      let worst = segment.scores.min().map { String($0, decimals: 2) } ?? "–"
      return """
        <tr><th scope="row">\(segment.index + 1)</th><td>\(clock(start))</td><td>\(segment.frames.count)</td><td>\(CurveChart.plain(segment.crf))</td><td>\(quality)</td><td>\(worst)</td><td>\(HumanText.bytes(segment.sizeBytes))</td><td>\(HumanText.bitRate(Int64(rate)))</td><td>\(segment.encodes)</td></tr>
        """
    }
    return details(
      "\(HumanText.count(report.segments.count, "segment"))", isOpen: false,
      ["segment", "begins", "frames", "CRF", metric, "worst", "size", "rate", "encodes"],
      numbers: Set(1...8), rows)
  }

  private var parameters: Markup {
    let told = [EncodeReport.Parameter("encoder", report.encoder)] + report.parameters
    let rows = told.map { parameter -> Markup in
      "<tr><th scope=\"row\">\(parameter.key)</th><td>\(parameter.value)</td></tr>"
    }
    return details(
      "Encoder and parameters", isOpen: false, ["parameter", "value"], numbers: [], rows)
  }

  private func details(
    _ title: String, isOpen: Bool, _ headings: [String], numbers: Set<Int>, _ rows: [Markup]
  ) -> Markup {
    let heads = headings.enumerated().map { place, heading -> Markup in
      numbers.contains(place)
        ? "<th scope=\"col\" class=\"number\">\(heading)</th>" : "<th scope=\"col\">\(heading)</th>"
    }
    let kind: Markup = numbers.isEmpty ? "words" : "numbers"
    let open: Markup = isOpen ? " open=\"open\"" : ""
    return """
      <details\(open)><summary>\(title)</summary><div class="wide"><table class="\(kind)"><thead><tr>\(Markup(joined: heads))</tr></thead><tbody>
      \(Markup(rows))
      </tbody></table></div></details>
      """
  }

  private func clock(_ seconds: Double) -> String {
    HumanText.clock(.milliseconds(Int((seconds * 1_000).rounded())), decimals: 2)
  }
}
