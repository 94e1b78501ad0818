package import Foundations
package import Model

extension Workflow {
  /// The workflow as every surface answers it.
  package var json: JSONValue {
    [
      "workflow_id": .string(id.text), "id": .string(id.text), "name": .string(name),
      "description": .string(orNull: description), "status": .string(status.rawValue),
      "version": .int(version), "is_template": .bool(isTemplate),
      "created_at": .string(createdAt.description), "updated_at": .string(updatedAt.description),
      "last_executed_at": .string(orNull: lastExecutedAt?.description),
      "archived_at": .string(orNull: archivedAt?.description), "definition": definition,
    ]
  }
}

extension WorkflowVersion {
  /// A definition that a workflow had.
  package var json: JSONValue {
    [
      "workflow_id": .string(workflow.text), "version": .int(number),
      "saved_at": .string(savedAt.description), "definition": definition,
    ]
  }
}

extension Execution {
  /// One time that a workflow was run.
  package var json: JSONValue {
    [
      "execution_id": .string(id.text), "id": .string(id.text),
      "workflow_id": .string(workflow.text), "status": .string(status.rawValue),
      "started_at": .string(startedAt.description),
      "completed_at": .string(orNull: completedAt?.description), "error": .string(orNull: error),
      "execution_data": .object(data),
    ]
  }
}

extension Association {
  /// That an asset belongs to a node.
  package var json: JSONValue {
    [
      "workflow_id": .string(workflow.text), "asset_id": .string(asset.text),
      "node_id": .string(node), "node_type": .string(nodeType), "role": .string(role.rawValue),
      "execution_id": .string(orNull: execution?.text),
      "created_at": .string(createdAt.description),
    ]
  }
}
