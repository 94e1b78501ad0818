import Foundations

/// Finds what makes no sense in a graph.
struct WorkflowCheck {
  let nodes: [WorkflowDefinition.Node]
  let connections: [WorkflowDefinition.Connection]
  private(set) var problems: [String] = []
  private(set) var warnings: [String] = []

  init(nodes: [WorkflowDefinition.Node], connections: [WorkflowDefinition.Connection]) {
    self.nodes = nodes
    self.connections = connections
  }

  mutating func run() {
    checkNodes()
    checkConnections()
    guard problems.isEmpty else { return }
    let ordered = Set(order())
    let circle = nodes.map(\.id).filter { !ordered.contains($0) }
    if !circle.isEmpty {
      problems.append(
        "it goes in a circle through "
          + circle.prefix(5).map(WorkflowReader.shown).joined(separator: ", "))
    }
  }

  private mutating func checkNodes() {
    var seen: Set<String> = []
    var strange: Set<String> = []
    for node in nodes {
      if !seen.insert(node.id).inserted {
        problems.append("two nodes are called \(WorkflowReader.shown(node.id))")
      }
      if node.id.utf8.count > 200 || node.id.utf8.contains(0) {
        problems.append("\(WorkflowReader.shown(node.id)) is no id of a node")
      }
      if NodeType.named(node.type) == nil, strange.insert(node.type).inserted {
        warnings.append(
          node.type.isEmpty
            ? "node \(WorkflowReader.shown(node.id)) has no type"
            : "nodes of type \(WorkflowReader.shown(node.type)) are not known, and kept")
      }
    }
  }

  private mutating func checkConnections() {
    let byID = Dictionary(nodes.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var taken: Set<WorkflowPort> = []
    var seen: Set<WorkflowDefinition.Connection> = []
    for connection in connections {
      if !seen.insert(connection).inserted {
        warnings.append("\(connection.from) is joined to \(connection.to) twice")
        continue
      }
      for port in [connection.from, connection.to] {
        guard let node = byID[port.node] else {
          problems.append("\(WorkflowReader.shown(port.description)) belongs to no node")
          continue
        }
        let count = Self.ports(of: node, port.side)
        if port.number >= count {
          problems.append(
            "\(WorkflowReader.shown(node.id)) has no \(port.side.rawValue) \(port.number)")
        }
      }
      if !taken.insert(connection.to).inserted {
        warnings.append("\(connection.to) takes from several outputs")
      }
    }
  }

  /// How many ports a node has: what it says itself, or what its type has.
  private static func ports(of node: WorkflowDefinition.Node, _ side: WorkflowPort.Side) -> Int {
    let member = node.details[side == .input ? "inputs" : "outputs"]
    let said = member?.int ?? member?.array?.count ?? member?.object?.members.count
    let known = NodeType.named(node.type).map { side == .input ? $0.inputs : $0.outputs }
    return max(said ?? 0, known ?? (said == nil ? 1_000 : 0))
  }

  /// The ids in an order in which each comes after all that it takes from; what goes in a circle
  /// is left out.
  func order() -> [String] {
    var waiting: [String: Int] = [:]
    var following: [String: [String]] = [:]
    for node in nodes { waiting[node.id] = 0 }
    for connection in Set(connections) {
      waiting[connection.to.node, default: 0] += 1
      following[connection.from.node, default: []].append(connection.to.node)
    }
    // In the order of the definition, so that two runs of one workflow go the same way.
    var ready = nodes.map(\.id).filter { waiting[$0] == 0 }
    var place = 0
    while place < ready.count {
      let id = ready[place]
      place += 1
      for next in (following[id] ?? []).sorted() {
        waiting[next, default: 0] -= 1
        if waiting[next] == 0 { ready.append(next) }
      }
    }
    return ready
  }
}
