import Engine
import Foundations
import Model

/// A workflow as people read it: what it is, then node after node what goes in and what came out.
struct WorkflowCard {
  private let report: WorkflowReport
  private let terminal: Terminal

  /// The card of a workflow for a terminal.
  init(_ report: WorkflowReport, _ terminal: Terminal) {
    self.report = report
    self.terminal = terminal
  }

  /// The lines.
  var lines: [StyledText] {
    let workflow = report.workflow
    var card = Card(
      .dotted([
        StyledText(workflow.name, .strong), workflow.status.shown,
        StyledText("version \(workflow.version)"),
        workflow.isTemplate ? StyledText("template", .accent) : "",
        workflow.archivedAt == nil ? "" : StyledText("archived", .quiet),
      ]), terminal)
    card.add("workflow", StyledText(workflow.id.text))
    card.add("about", text: workflow.description)
    card.add("created", StyledText(workflow.createdAt.shown))
    if workflow.updatedAt != workflow.createdAt {
      card.add("changed", StyledText(workflow.updatedAt.shown))
    }
    card.add("executed", workflow.lastExecutedAt.map { StyledText($0.shown) })
    card.add("archived", workflow.archivedAt.map { StyledText($0.shown) })
    if report.nodes.isEmpty { card.add("nodes", StyledText("none yet", .quiet)) }
    for node in report.nodes { card.add(below: lines(of: node)) }
    return card.lines
  }

  private func lines(of node: WorkflowReport.Node) -> [StyledText] {
    let note = node.isDefined ? "" : StyledText("no longer in the definition", .warning)
    var lines: [StyledText] = [
      .dotted([StyledText(node.id, .accent), StyledText(node.type), note])
    ]
    let arrow = terminal.isUnicode ? "←" : "<-"
    for input in node.inputs {
      lines.append(
        "  " + StyledText(Self.side(of: input.port, node.id), .quiet)
          + " \(arrow, .quiet) \(input.others.joined(separator: ", "))")
    }
    let names = node.assets.map { StyledText($0.name).width }.max() ?? 0
    for placed in node.assets { lines.append(line(placed, nameWidth: names)) }
    guard terminal.isInteractive else { return lines }
    return lines.map { $0.clipped(to: terminal.width, ellipsis: terminal.ellipsis) }
  }

  /// A port without the name of its node: `input 0`.
  private static func side(of port: String, _ node: String) -> String {
    String(port.dropFirst(node.count + 1).map { $0 == "-" ? " " : $0 })
  }

  private func line(_ placed: WorkflowReport.Placed, nameWidth: Int) -> StyledText {
    let association = placed.association
    let room = terminal.isInteractive ? min(nameWidth, max(12, terminal.width - 70)) : nameWidth
    let name = StyledText(placed.name, .strong)
      .clipped(to: room, .middle, ellipsis: terminal.ellipsis).padded(to: room)
    return "  " + name + "  "
      + .dotted([
        StyledText(association.role.rawValue), placed.execution?.status.shown ?? "",
        StyledText((placed.execution?.startedAt ?? association.createdAt).shownInColumn, .quiet),
        StyledText(association.asset.text, .quiet),
      ])
  }
}

extension Workflow.Status {
  /// As people read it.
  var shown: StyledText { StyledText(rawValue, self == .saved ? .good : .plain) }
}

extension Execution.Status {
  /// As people read it.
  var shown: StyledText {
    switch self {
    case .running: StyledText(rawValue, .accent)
    case .completed: StyledText(rawValue, .good)
    case .failed: StyledText(rawValue, .bad)
    case .cancelled: StyledText(rawValue, .warning)
    }
  }
}
