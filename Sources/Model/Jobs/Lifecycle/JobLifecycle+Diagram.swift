extension JobLifecycle {
  /// The table as a Mermaid diagram, for the documents.
  package static var diagram: String {
    var lines = ["stateDiagram-v2", "  [*] --> created", "  [*] --> queued", "  [*] --> waiting"]
    for state in JobState.allCases {
      for next in JobState.allCases {
        let events = table.filter { $0.from == state && $0.to == next }.map(\.event.rawValue)
        if events.isEmpty { continue }
        lines.append(
          "  \(state.rawValue) --> \(next.rawValue): \(events.joined(separator: " / "))")
      }
    }
    for state in JobState.allCases where state.isFinal {
      lines.append("  \(state.rawValue) --> [*]")
    }
    return lines.joined(separator: "\n")
  }
}
