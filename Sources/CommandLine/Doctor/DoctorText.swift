import Engine
import Foundations

/// The doctor's findings as people read them: groups, a mark for each check, a verdict.
struct DoctorText {
  private let checks: [Check]
  private let terminal: Terminal

  /// The text of some checks for a terminal.
  init(_ checks: [Check], terminal: Terminal) {
    self.checks = checks
    self.terminal = terminal
  }

  /// The lines.
  var lines: [StyledText] {
    let width = (checks.map(\.name.count).max() ?? 0) + 2
    var lines: [StyledText] = []
    var group = ""
    for check in checks {
      if check.group != group {
        if !group.isEmpty { lines.append("") }
        lines.append(StyledText(check.group, .heading))
        group = check.group
      }
      lines += self.lines(of: check, nameWidth: width)
    }
    return lines + ["", verdict]
  }

  private func lines(of check: Check, nameWidth: Int) -> [StyledText] {
    let indent = 4 + nameWidth
    let start = "  " + mark(check) + " " + StyledText(check.name).padded(to: nameWidth)
    var text = StyledText(
      check.found ?? "missing", check.isOK ? .plain : check.isRequired ? .bad : .warning)
    if !check.isOK { text += StyledText(", needs \(check.needed)", .quiet) }
    let room = max(20, terminal.width - indent)
    var lines = text.wrapped(to: terminal.isInteractive ? room : .max).enumerated().map {
      ($0 == 0 ? start : StyledText(String(repeating: " ", count: indent))) + $1
    }
    if let hint = check.hint {
      lines += StyledText(hint, .quiet).wrapped(to: terminal.isInteractive ? room : .max).map {
        StyledText(String(repeating: " ", count: indent)) + $0
      }
    }
    return lines
  }

  private func mark(_ check: Check) -> StyledText {
    if check.isOK { return StyledText(terminal.isUnicode ? "✓" : "ok", .good).padded(to: 2) }
    let sign =
      terminal.isUnicode ? (check.isRequired ? "✗" : "○") : (check.isRequired ? "NO" : "no")
    return StyledText(sign, check.isRequired ? .bad : .warning).padded(to: 2)
  }

  private var verdict: StyledText {
    let missing = checks.filter { !$0.isOK }
    let needed = missing.filter(\.isRequired)
    if missing.isEmpty {
      return StyledText("All \(HumanText.count(checks.count, "check")) passed.", .good)
    }
    if needed.isEmpty {
      return
        "\(StyledText("Mediary can work here", .good)); \(HumanText.count(missing.count)) of \(HumanText.count(checks.count, "check")) found something missing that it can do without."
    }
    return
      "\(StyledText("Mediary cannot work here", .bad)): \(needed.map(\.name).joined(separator: ", "))."
  }
}
