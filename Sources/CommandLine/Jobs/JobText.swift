import Engine
import Foundations
import Model

/// Jobs as people read them, in a few words.
enum JobText {
  /// Several jobs, each on a line.
  static func table(_ jobs: [Job], _ terminal: Terminal) -> [StyledText] {
    guard !jobs.isEmpty else { return [] }
    // An id is of use only as a whole; where it is narrow, what else there is gives way.
    let width = terminal.isInteractive ? terminal.width : .max
    var columns = [TextTable.Column("Job"), TextTable.Column("State")]
    columns.append(TextTable.Column("Kind", minimum: 6, shrinkOrder: 2))
    if width >= 75 { columns.append(TextTable.Column("Done", .trailing)) }
    if width >= 95 { columns.append(TextTable.Column("Asked (UTC)")) }
    if width >= 115 { columns.append(TextTable.Column("User", maximum: 16, shrinkOrder: 3)) }
    if width >= 105 { columns.append(TextTable.Column("At", minimum: 6, shrinkOrder: 1)) }
    var table = TextTable(columns)
    for job in jobs {
      var cells = [StyledText(job.id.text, .accent), job.state.shown, StyledText(job.kind)]
      if width >= 75 { cells.append(StyledText(job.progress.fraction.map(share) ?? "")) }
      if width >= 95 { cells.append(StyledText(job.createdAt.shownInColumn, .quiet)) }
      if width >= 115 { cells.append(StyledText(job.user ?? "")) }
      if width >= 105 { cells.append(StyledText(at(job), .quiet)) }
      table.add(cells)
    }
    return table.lines(for: terminal)
  }

  /// What it is at, or why it failed.
  private static func at(_ job: Job) -> String {
    if job.state == .failed, let error = job.error { return error.message }
    return job.state.isFinal ? "" : job.stage ?? ""
  }

  /// Whole per cents, cut: a hundred is all of it.
  static func share(_ fraction: Double) -> String { "\(Int(fraction * 100 + 1e-9))%" }

  /// How long it took, or has taken by now; nil where it has not begun.
  static func time(_ job: Job, now: Timestamp) -> Duration? {
    job.startedAt.map { max(.zero, (job.finishedAt ?? now) - $0) }
  }

  /// How many of its parts are over.
  static func parts(_ job: Job) -> String? {
    let children = job.children
    guard children.total > 0 else { return nil }
    var text = "\(HumanText.count(children.ended)) of \(HumanText.count(children.total, "part"))"
    if children.lost > 0 { text += ", \(HumanText.count(children.lost)) lost" }
    return text
  }
}

extension JobState {
  /// As people read it.
  var shown: StyledText {
    let words = rawValue.map { $0 == "_" ? " " : String($0) }.joined()
    return switch self {
    case .created, .queued: StyledText(words, .quiet)
    case .running, .waiting: StyledText(words, .accent)
    case .completed: StyledText(words, .good)
    case .partiallyCompleted, .cancelled: StyledText(words, .warning)
    case .failed: StyledText(words, .bad)
    }
  }
}
