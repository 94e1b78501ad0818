import Encoding
import Engine
import FFmpegTool
import Foundations

/// An encode as people read it: what it will do, and what it did.
enum EncodeText {
  /// What an encode will do.
  static func lines(_ plan: EncodePlan, _ terminal: Terminal) -> [StyledText] {
    var card = Card("\(plan.film.path, .strong)", terminal)
    card.add("encoder", "\(plan.encoder)  \(plan.program.path)")
    if let goal = plan.goal {
      card.add("target", "\(goal.metric.rawValue) \(plain(goal.target))")
    } else {
      card.add("crf", "\(plain(plan.settings.crf))")
    }
    card.add("preset", "\(plan.settings.preset)")
    let parameters = plan.settings.parameters.map { "\($0.key)=\($0.value)" }
    card.add("parameters", StyledText(parameters.joined(separator: " ")))
    card.add("pictures", pictures(plan))
    let count = plan.segments.segments.count
    card.add(
      "segments",
      "\(HumanText.count(count, "segment")) · \(plan.reason) · \(plan.workers) at a time")
    for track in plan.output.tracks { card.add("track", StyledText(track.description)) }
    for warning in plan.warnings { card.add("note", StyledText(warning, .warning)) }
    return card.lines
  }

  private static func pictures(_ plan: EncodePlan) -> StyledText {
    let frames = HumanText.count(plan.analysis.table.count, "frame")
    let crop =
      plan.area.map { "cropped from \($0.x),\($0.y)" } ?? "crop: \(plan.analysis.crop.reason)"
    return .dotted(["\(plan.size.width)×\(plan.size.height)", StyledText(frames), StyledText(crop)])
  }

  /// What an encode did.
  static func lines(
    _ report: EncodeReport, page: FilePath?, _ terminal: Terminal
  ) -> [StyledText] {
    var card = Card("\(report.output, .strong)", terminal)
    let share = report.sizeBefore > 0 ? Double(report.sizeAfter) / Double(report.sizeBefore) : 1
    card.add(
      "size",
      "\(HumanText.bytes(report.sizeBefore)) → \(HumanText.bytes(report.sizeAfter)) · "
        + "\(HumanText.percent(share))")
    if let vmaf = report.vmaf {
      card.add(
        "vmaf",
        "\(plain(vmaf.mean)) · worst twentieth \(plain(vmaf.fifthPercentile)) · "
          + "worst frame \(plain(vmaf.minimum))")
    }
    let crfs = report.segments.map(\.crf)
    if let least = crfs.min(), let most = crfs.max() {
      let range = least == most ? plain(least) : "\(plain(least)) to \(plain(most))"
      card.add("segments", "\(report.segments.count) · CRF \(range)")
    }
    let speed = report.seconds > 0 ? report.durationSeconds / report.seconds : 0
    card.add(
      "took",
      "\(HumanText.duration(.seconds(max(report.seconds.rounded(), 1)))) · \(HumanText.ratio(speed)) speed"
    )
    // It may be missing, which a warning has told.
    if let page, FileStatus.ifPresent(page) != nil { card.add("report", StyledText(page.text)) }
    for warning in report.warnings { card.add("note", StyledText(warning, .warning)) }
    let bad = report.checks.filter { !$0.isOK }
    card.add(
      "checks",
      bad.isEmpty
        ? StyledText("all \(report.checks.count) passed", .good)
        : StyledText("\(bad.count) of \(report.checks.count) failed", .bad))
    return card.lines
  }

  /// What an encode did, in a few words.
  static func short(_ report: EncodeReport) -> StyledText {
    let share = report.sizeBefore > 0 ? Double(report.sizeAfter) / Double(report.sizeBefore) : 1
    var parts: [StyledText] = [
      "\(HumanText.bytes(report.sizeBefore)) → \(HumanText.bytes(report.sizeAfter))",
      StyledText(HumanText.percent(share)),
    ]
    if report.seconds > 0 {
      parts.append("\(HumanText.ratio(report.durationSeconds / report.seconds)) speed")
    }
    if let vmaf = report.vmaf { parts.append("vmaf \(plain(vmaf.mean))") }
    return .dotted(parts)
  }

  /// What an encode did that was a job.
  static func add(_ result: JSONValue, to card: inout Card) {
    card.add("output", result["output"]?.string.map { "\(FilePath($0))" })
    card.add(
      "asset",
      result["asset_id"]?.string.map {
        "\($0, .accent)  \(ShownText.of(result["name"]?.string ?? ""))"
      })
    let (before, after) = (result["size_before"]?.int ?? 0, result["size_after"]?.int ?? 0)
    if before > 0 {
      card.add(
        "size",
        "\(HumanText.bytes(Int64(before))) → \(HumanText.bytes(Int64(after))) · "
          + "\(HumanText.percent(Double(after) / Double(before)))")
    }
    let vmaf = result["vmaf"]?["mean"]?.double ?? result["vmaf"]?.double
    card.add("vmaf", vmaf.map { "\(plain($0))" })
    card.add("encoder", result["encoder"]?.string.map { "\($0)" })
    guard let checks = result["checks"]?.array, !checks.isEmpty else { return }
    card.add("checks", StyledText("all \(checks.count) passed", .good))
  }

  private static func plain(_ value: Double) -> String {
    let rounded = (value * 100).rounded() / 100
    return Int(exactly: rounded).map { "\($0)" } ?? "\(rounded)"
  }
}
