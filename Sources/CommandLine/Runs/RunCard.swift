import Engine
import Foundations
import Model
import Runs

/// A run as people read it: what was wanted, where it stands, what it made.
struct RunCard {
  // What the card tells in words of its own; all else is shown as it is.
  private static let told: Set<String> = [
    "run_id", "user_id", "timestamp", "schema", "execution_mode", "input_text",
    "transformed_text", "state", "deleted_at", "archived_at", "entities", "outputs", "path",
  ]

  private let report: RunReport
  private let terminal: Terminal

  /// The card of a run for a terminal.
  init(_ report: RunReport, _ terminal: Terminal) {
    self.report = report
    self.terminal = terminal
  }

  private var run: Run { report.metadata.run }

  /// The lines.
  var lines: [StyledText] {
    var card = Card(
      .dotted([
        StyledText(run.schema, .strong), StyledText(run.mode), run.state.status.shown,
        run.deletedAt == nil ? "" : StyledText("in the trash", .warning),
        report.archivedAt == nil ? "" : StyledText("archived", .quiet),
      ]), terminal)
    card.add("run", StyledText(run.id.text))
    card.add("begun", StyledText(run.createdAt.shown))
    card.add("user", run.user.map { StyledText($0) })
    card.add("input", text: run.inputText)
    card.add("became", text: run.transformedText)
    card.add(
      "at", .dotted([run.state.stage, run.state.step].map { StyledText($0 ?? "") }))
    card.add("expects", expectations)
    card.add("error", text: run.state.error)
    card.add("deleted", run.deletedAt.map { StyledText($0.shown) })
    card.add("archived", report.archivedAt.map { StyledText($0.shown) })
    card.add("lies in", "\(report.path)")
    for (key, value) in report.metadata.json.members where !Self.told.contains(key) {
      card.add(
        String(key.map { $0 == "_" ? " " : $0 }), text: OutputText.plain(value))
    }
    card.add(below: outputLines)
    card.add(below: entityLines)
    return card.lines
  }

  /// The types that are to come, each with whether it came.
  private var expectations: StyledText {
    var made: [String: Int] = [:]
    for output in report.metadata.outputs { made[output.type, default: 0] += 1 }
    let mark = terminal.isUnicode ? "✓" : "done"
    return .dotted(
      run.state.expectedOutputs.map { type in
        guard let count = made[type], count > 0 else { return StyledText(type) }
        made[type] = count - 1
        return "\(type) \(mark, .good)"
      })
  }

  private var outputLines: [StyledText] {
    let outputs = report.metadata.outputs
    guard !outputs.isEmpty else { return [] }
    // What is left out where it is narrow stands in the JSON.
    let isWide = !terminal.isInteractive || terminal.width >= 100
    var columns = [
      TextTable.Column("Output", minimum: 14, shrinkOrder: 3, clipping: .middle),
      TextTable.Column("Extent", minimum: 9, shrinkOrder: 4),
      TextTable.Column("Size", .trailing),
      TextTable.Column("Made by", maximum: 28, shrinkOrder: 2),
    ]
    if isWide {
      columns.append(TextTable.Column("Seed", minimum: 6, maximum: 20, shrinkOrder: 1))
      columns.append(TextTable.Column("Asset"))
    }
    var table = TextTable(columns)
    for (output, asset) in zip(outputs, report.assets) {
      let details = output.details
      let makers = ["config", "backend"].map { StyledText(OutputText.plain(details[$0])) }
      var cells = [
        StyledText(output.filename, .strong), StyledText(OutputText.extent(details)),
        StyledText(Self.size(details), .quiet), .dotted(makers),
      ]
      if isWide {
        cells.append(StyledText(OutputText.plain(details["seed"])))
        cells.append(StyledText(asset?.text ?? "", .quiet))
      }
      table.add(cells)
    }
    return table.lines(for: terminal)
  }

  private var entityLines: [StyledText] {
    let entities = report.metadata.entities
    guard !entities.isEmpty else { return [] }
    var table = TextTable([
      TextTable.Column("Other file", minimum: 14, shrinkOrder: 1, clipping: .middle),
      TextTable.Column("Type", shrinkOrder: 2), TextTable.Column("Size", .trailing),
    ])
    for entity in entities {
      table.add([
        StyledText(entity.filename, .strong), StyledText(entity.type),
        StyledText(Self.size(entity.details), .quiet),
      ])
    }
    return table.lines(for: terminal)
  }

  private static func size(_ record: JSONObject) -> String {
    record["file_size_bytes"]?.int.map { HumanText.bytes(Int64($0)) } ?? ""
  }
}

extension RunState.Status {
  /// As people read it.
  var shown: StyledText {
    switch self {
    case .running: StyledText(rawValue, .accent)
    case .complete: StyledText(rawValue, .good)
    case .failed: StyledText(rawValue, .bad)
    case .cancelled: StyledText(rawValue, .warning)
    }
  }
}
