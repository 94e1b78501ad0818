import Encoding
import Engine
import Foundations

/// What an encode took and gave, as the columns of a table.
struct EncodeFigures {
  private let before: Int64?
  private let after: Int64?
  private let seconds: Double?
  private let speed: Double?
  private let vmaf: Double?
  private let hasFailed: Bool
  private let style: TextStyle

  /// The figures of an encode that has just ended.
  init(_ report: EncodeReport) {
    (before, after, seconds) = (report.sizeBefore, report.sizeAfter, report.seconds)
    speed = report.seconds > 0 ? report.durationSeconds / report.seconds : nil
    vmaf = report.vmaf?.mean
    (hasFailed, style) = (false, .plain)
  }

  /// The figures of one that was noted.
  init(_ record: EncodeRecord) {
    (before, after) = (record.source?.size, record.result?.size)
    (seconds, speed, vmaf) = (record.seconds, record.speed, record.work?.vmaf)
    (hasFailed, style) = (record.state == .failed, .plain)
  }

  /// The sums of a folder.
  init(_ summary: FolderSummary) {
    (before, after, seconds) = (summary.sizeBefore, summary.sizeAfter, summary.seconds)
    speed = summary.seconds > 0 ? summary.filmSeconds / summary.seconds : nil
    (vmaf, hasFailed, style) = (nil, false, .strong)
  }

  // Where it is narrow, what can be reckoned from the others goes first.
  private static func shows(_ width: Int) -> (sizes: Bool, speed: Bool, time: Bool) {
    (width >= 44, width >= 68, width >= 58)
  }

  /// The headings, in so much room for these and a name.
  static func columns(within width: Int) -> [TextTable.Column] {
    let shows = shows(width)
    var titles: [String] = []
    if shows.sizes { titles += ["Before", "After"] }
    titles.append("Saved")
    if shows.time { titles.append("Time") }
    if shows.speed { titles.append("Speed") }
    titles.append("VMAF")
    return titles.map { TextTable.Column($0, .trailing) }
  }

  /// A cell for each of the headings.
  func cells(within width: Int) -> [StyledText] {
    let shows = Self.shows(width)
    var cells: [StyledText] = []
    if shows.sizes {
      cells.append(text(before.map { HumanText.bytes($0) }))
      cells.append(
        hasFailed ? StyledText("failed", .bad) : text(after.map { HumanText.bytes($0) }))
    }
    cells.append(hasFailed && !shows.sizes ? StyledText("failed", .bad) : text(saved))
    if shows.time {
      cells.append(
        text(seconds.map { HumanText.duration(.seconds($0 < 10 ? $0 : $0.rounded())) }))
    }
    if shows.speed { cells.append(text(speed.map { HumanText.ratio($0) })) }
    cells.append(text(vmaf.map { String($0, decimals: 1) }))
    return cells
  }

  private func text(_ text: String?) -> StyledText { StyledText(text ?? "", style) }

  /// How much smaller it became; what grew is told with a plus.
  private var saved: String? {
    guard let before, let after, before > 0, !hasFailed else { return nil }
    let share = Double(after) / Double(before)
    return share <= 1 ? HumanText.percent(1 - share) : "+" + HumanText.percent(share - 1)
  }
}
