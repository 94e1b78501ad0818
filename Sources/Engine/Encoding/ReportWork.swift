import Encoding
import Foundations

/// Writes the page about an encode that is done.
struct ReportWork {
  private static let moments = 6

  private let plan: EncodePlan
  private let request: EncodeRequest
  private let stop: StopFlag

  init(_ plan: EncodePlan, _ request: EncodeRequest, _ stop: StopFlag) {
    self.plan = plan
    self.request = request
    self.stop = stop
  }

  /// Refuses a page that could not be written in the end, before any work is done.
  static func requireFree(_ request: EncodeRequest) throws {
    guard let page = request.reportPage else { return }
    guard page != request.output else { throw EncodingFailure.pageIsOutput(page) }
    let target = try Destination(page)
    guard let there = try target.folder.find(target.name) else { return }
    if let source = FileStatus.ifPresent(request.input), there.isSameFile(as: source) {
      throw EncodingFailure.outputIsSource(page)
    }
    guard request.settings.overwrites else { throw EncodingFailure.outputExists(page) }
  }

  /// Writes it, where one was asked for; what went wrong comes back as words.
  ///
  /// The film stands under its name by now: a page that cannot be written is no reason to say that
  /// the encode has failed.
  func write(_ report: EncodeReport, at moment: Timestamp) -> [String] {
    guard let page = request.reportPage else { return [] }
    var (warnings, pairs): ([String], [FramePair]) = ([], [])
    do { pairs = try self.pairs(report) } catch {
      warnings.append("the report shows no frames: \(error.asFailure.message)")
    }
    do {
      let html = ReportPage(report, table: plan.analysis.table, pairs: pairs, made: moment).html
      if request.settings.overwrites {
        try AtomicFile.replace(page, with: html.utf8)
      } else {
        try AtomicFile.create(page, with: html.utf8)
      }
    } catch {
      warnings.append("the report could not be written: \(error.asFailure.message)")
    }
    return warnings
  }

  private func pairs(_ report: EncodeReport) throws -> [FramePair] {
    let frames = WorstMoments.pick(
      Self.moments, of: report.segments.map { ($0.frames, $0.scores) })
    let scores = report.segments.flatMap(\.scores)
    return try FramePairs(
      plan.film, plan.analysis, as: plan.form, encoded: request.output, stop: stop
    ).take(frames) { scores.indices.contains($0) ? scores[$0] : nil }
  }
}
