package import Foundations

/// That an asset went into or came out of a node of a workflow.
package struct Association: Sendable, Equatable {
  /// What the asset was to the node.
  package enum Role: String, Sendable, CaseIterable { case output, input, intermediate }

  package let workflow: WorkflowID
  package let asset: AssetID
  package let node: String
  package let nodeType: String
  package let role: Role
  /// In which execution; nil where nobody said.
  ///
  /// Another execution adds, and overwrites nothing.
  package let execution: ExecutionID?
  package let createdAt: Timestamp

  /// An association by its parts.
  package init(
    workflow: WorkflowID, asset: AssetID, node: String, nodeType: String, role: Role = .output,
    execution: ExecutionID? = nil, createdAt: Timestamp
  ) {
    self.workflow = workflow
    self.asset = asset
    self.node = node
    self.nodeType = nodeType
    self.role = role
    self.execution = execution
    self.createdAt = createdAt
  }
}
