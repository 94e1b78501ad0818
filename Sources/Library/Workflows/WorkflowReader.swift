import Foundations

/// Reads nodes and connections out of the forms in which they are written.
struct WorkflowReader {
  var problems: [String] = []

  mutating func read(
    _ json: JSONValue
  ) -> ([WorkflowDefinition.Node], [WorkflowDefinition.Connection]) {
    guard let object = json.object else {
      problems.append("it is no JSON object")
      return ([], [])
    }
    return (nodes(object["nodes"]), connections(object["connections"] ?? object["edges"]))
  }

  /// A list of nodes, or an object of them by id.
  private mutating func nodes(_ json: JSONValue?) -> [WorkflowDefinition.Node] {
    var nodes: [WorkflowDefinition.Node] = []
    switch json {
    case nil, .null?: return []
    case .array(let list)?:
      guard list.count <= WorkflowDefinition.mostNodes else {
        problems.append("it has \(list.count) nodes")
        return []
      }
      for (place, value) in list.enumerated() {
        guard let object = value.object, let id = Self.id(object["id"]) else {
          problems.append("node \(place + 1) has no id")
          continue
        }
        nodes.append(Self.node(id, object))
      }
    case .object(let members)?:
      for (id, value) in members.members {
        guard let object = value.object else {
          problems.append("node \(Self.shown(id)) is no object")
          continue
        }
        nodes.append(Self.node(id, object))
      }
    default: problems.append("its nodes are no list")
    }
    return nodes
  }

  private static func node(_ id: String, _ object: JSONObject) -> WorkflowDefinition.Node {
    let type = object["type"]?.string ?? object["node_type"]?.string ?? ""
    return WorkflowDefinition.Node(id: id, type: type, details: object)
  }

  private static func id(_ json: JSONValue?) -> String? {
    guard let text = json?.string ?? json?.int.map(String.init), !text.isEmpty else { return nil }
    return text
  }

  /// A list of connections: objects with two ends, pairs, or texts with an arrow.
  private mutating func connections(_ json: JSONValue?) -> [WorkflowDefinition.Connection] {
    switch json {
    case nil, .null?: return []
    case .array(let list)?:
      return list.enumerated().compactMap { place, value in connection(value, place + 1) }
    default:
      problems.append("its connections are no list")
      return []
    }
  }

  private mutating func connection(
    _ json: JSONValue, _ number: Int
  ) -> WorkflowDefinition.Connection? {
    guard let (first, second) = Self.ends(json) else {
      problems.append("connection \(number) has no two ends")
      return nil
    }
    guard let from = WorkflowPort(first), let to = WorkflowPort(second) else {
      problems.append(
        "connection \(number) goes from \(Self.shown(first)) to \(Self.shown(second))")
      return nil
    }
    switch (from.side, to.side) {
    case (.output, .input): return .init(from: from, to: to)
    // Drawn from right to left.
    case (.input, .output): return .init(from: to, to: from)
    default:
      problems.append("connection \(number) joins two \(from.side.rawValue)s")
      return nil
    }
  }

  private static func ends(_ json: JSONValue) -> (String, String)? {
    if let text = json.string {
      for arrow in ["→", "->"] where text.contains(arrow) {
        let parts = text.replacing(arrow, with: "\n").split(separator: "\n").map {
          String($0.filter { !$0.isWhitespace })
        }
        return parts.count == 2 ? (parts[0], parts[1]) : nil
      }
      return nil
    }
    if let pair = json.array {
      guard pair.count == 2, let from = pair[0].string, let to = pair[1].string else { return nil }
      return (from, to)
    }
    let names = [
      ("from", "to"), ("source", "target"), ("output", "input"), ("start", "end"),
      ("sourceHandle", "targetHandle"),
    ]
    for (from, to) in names {
      if let from = json[from]?.string, let to = json[to]?.string { return (from, to) }
    }
    return nil
  }

  static func shown(_ text: String) -> String { "\"\(ShownText.of(String(text.prefix(60))))\"" }
}
