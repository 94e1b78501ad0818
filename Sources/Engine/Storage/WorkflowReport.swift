package import Foundations
import Library
package import Model

/// A workflow with what belongs to it: its nodes with their joints, and the assets that went into
/// and came out of each, the newest execution first.
package struct WorkflowReport: Sendable {
  /// A port of a node, and what it is joined to.
  package struct Joint: Sendable {
    package let port: String
    package let others: [String]
  }

  /// An asset at a node.
  package struct Placed: Sendable {
    package let association: Association
    package let name: String
    /// Where somebody said in which.
    package let execution: Execution?
  }

  /// A node, in the order in which each comes after all that it takes from.
  package struct Node: Sendable {
    package let id: String
    package let type: String
    /// False for a node that only an earlier definition had.
    package let isDefined: Bool
    package let inputs: [Joint]
    package let outputs: [Joint]
    package let assets: [Placed]
  }

  package let workflow: Workflow
  package let nodes: [Node]
  /// What is strange about the definition.
  package let warnings: [String]

  /// The workflow as every surface answers it.
  package var json: JSONObject {
    var object = workflow.json.object ?? JSONObject()
    object["nodes"] = .array(nodes.map(\.json))
    object["warnings"] = .array(warnings.map { .string($0) })
    return object
  }
}

extension WorkflowReport.Node {
  fileprivate var json: JSONValue {
    [
      "node_id": .string(id), "node_type": .string(type), "in_definition": .bool(isDefined),
      "inputs": .array(inputs.map { $0.json("from") }),
      "outputs": .array(outputs.map { $0.json("to") }),
      "associations": .array(assets.map(\.json)),
    ]
  }
}

extension WorkflowReport.Joint {
  fileprivate func json(_ direction: String) -> JSONValue {
    [
      "port": .string(port), direction: .array(others.map { .string($0) }),
    ]
  }
}

extension WorkflowReport.Placed {
  fileprivate var json: JSONValue {
    var object = association.json.object ?? JSONObject()
    object["name"] = .string(name)
    object["execution_status"] = .string(orNull: execution?.status.rawValue)
    object["execution_started_at"] = .string(orNull: execution?.startedAt.description)
    return .object(object)
  }
}

extension OpenLibrary {
  /// All that belongs to a workflow; `library.not_found` where there is none.
  package func report(on id: WorkflowID) throws -> WorkflowReport {
    let workflow = try library.workflows.show(id)
    let placed = try placedAssets(of: id)
    var warnings: [String] = []
    var definition: WorkflowDefinition?
    do throws(ModelFailure) {
      let read = try WorkflowDefinition(workflow.definition)
      warnings = read.warnings
      definition = read
    } catch {
      // One of another program, kept as it came.
      warnings = [error.message]
    }
    let defined = definition.map { Self.nodes(of: $0, placed) } ?? []
    let known = Set(defined.map(\.id))
    let left = Set(placed.keys).subtracting(known).sorted().map { node in
      WorkflowReport.Node(
        id: node, type: placed[node]?.first?.association.nodeType ?? "", isDefined: false,
        inputs: [], outputs: [], assets: placed[node] ?? [])
    }
    return WorkflowReport(workflow: workflow, nodes: defined + left, warnings: warnings)
  }

  private func placedAssets(of id: WorkflowID) throws -> [String: [WorkflowReport.Placed]] {
    let placed = try library.catalogue.read { catalogue in
      try catalogue.associations(of: id).map { association in
        WorkflowReport.Placed(
          association: association, name: try catalogue.asset(association.asset)?.name ?? "",
          execution: try association.execution.flatMap { try catalogue.execution($0) })
      }
    }
    return Dictionary(grouping: placed) { $0.association.node }.mapValues { assets in
      // Within an execution, and where nobody said in which, as the catalogue has them: the last
      // association first.
      assets.enumerated().sorted {
        ($1.element.since, $0.offset) < ($0.element.since, $1.offset)
      }.map(\.element)
    }
  }

  private static func nodes(
    of definition: WorkflowDefinition, _ placed: [String: [WorkflowReport.Placed]]
  ) -> [WorkflowReport.Node] {
    let inputs = Dictionary(grouping: definition.connections) { $0.to }
    let outputs = Dictionary(grouping: definition.connections) { $0.from }
    func joints(
      _ connections: [WorkflowPort: [WorkflowDefinition.Connection]], of node: String,
      _ other: (WorkflowDefinition.Connection) -> WorkflowPort
    ) -> [WorkflowReport.Joint] {
      connections.filter { $0.key.node == node }.sorted { $0.key.number < $1.key.number }.map {
        WorkflowReport.Joint(
          port: $0.key.description, others: $0.value.map { other($0).description })
      }
    }
    return definition.inOrder.map { node in
      WorkflowReport.Node(
        id: node.id, type: node.type, isDefined: true,
        inputs: joints(inputs, of: node.id) { $0.from },
        outputs: joints(outputs, of: node.id) { $0.to }, assets: placed[node.id] ?? [])
    }
  }
}

extension WorkflowReport.Placed {
  /// When its execution began; when it was said, where it is of none.
  fileprivate var since: Timestamp { execution?.startedAt ?? association.createdAt }
}
