package import Foundations
package import Model

/// The graph of a workflow: nodes, and what goes from one to the next.
///
/// It is read out of the definition's JSON and checked; the JSON itself is kept as it came, with all
/// that is not understood here.
package struct WorkflowDefinition: Sendable, Equatable {
  /// A step of the work.
  package struct Node: Sendable, Equatable {
    package let id: String
    package let type: String
    /// All that the definition says of it.
    package let details: JSONObject
  }

  /// What goes from an output to an input.
  package struct Connection: Sendable, Hashable {
    package let from: WorkflowPort
    package let to: WorkflowPort
  }

  /// How large a definition may be.
  package static let mostNodes = 10_000

  package let nodes: [Node]
  package let connections: [Connection]
  /// What is strange and kept all the same.
  package let warnings: [String]

  /// Reads and checks a definition; `library.bad_workflow` says all that is wrong with it.
  package init(_ json: JSONValue) throws(ModelFailure) {
    var reader = WorkflowReader()
    let (nodes, connections) = reader.read(json)
    var check = WorkflowCheck(nodes: nodes, connections: connections)
    check.run()
    let problems = reader.problems + check.problems
    guard problems.isEmpty else {
      let shown = problems.prefix(5).joined(separator: "; ")
      let more = problems.count > 5 ? "; and \(problems.count - 5) more" : ""
      throw ModelFailure(
        .modelBadWorkflow, "the definition makes no sense: \(shown)\(more)",
        hint: "nodes have ids of their own; connections go from node1-output-0 to node2-input-0")
    }
    self.nodes = nodes
    self.connections = connections
    warnings = check.warnings
  }

  /// The node of an id.
  package func node(_ id: String) -> Node? { nodes.first { $0.id == id } }

  /// The nodes in an order in which each comes after all that it takes from.
  package var inOrder: [Node] {
    let order = WorkflowCheck(nodes: nodes, connections: connections).order()
    return order.compactMap(node)
  }
}
