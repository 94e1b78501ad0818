package import Foundations

/// A graph of nodes that makes media.
package struct Workflow: Sendable, Equatable {
  /// Whether it is still being drawn.
  package enum Status: String, Sendable, CaseIterable { case draft, saved }

  package let id: WorkflowID
  package var name: String
  package var description: String?
  package var status: Status
  /// The definition as JSON, checked by `WorkflowDefinition`.
  package var definition: JSONValue
  /// Counted up by each change of the definition, from 1.
  package var version: Int
  package var isTemplate = false
  package let createdAt: Timestamp
  package var updatedAt: Timestamp
  package var lastExecutedAt: Timestamp?
  package var archivedAt: Timestamp?

  /// A workflow by its parts.
  package init(
    id: WorkflowID, name: String, description: String? = nil, status: Status = .draft,
    definition: JSONValue, version: Int = 1, createdAt: Timestamp, updatedAt: Timestamp? = nil
  ) {
    self.id = id
    self.name = name
    self.description = description
    self.status = status
    self.definition = definition
    self.version = version
    self.createdAt = createdAt
    self.updatedAt = updatedAt ?? createdAt
  }
}

/// A definition that a workflow had.
package struct WorkflowVersion: Sendable, Equatable {
  package let workflow: WorkflowID
  package let number: Int
  package let definition: JSONValue
  package let savedAt: Timestamp

  /// A version by its parts.
  package init(
    workflow: WorkflowID, number: Int, definition: JSONValue, savedAt: Timestamp
  ) {
    self.workflow = workflow
    self.number = number
    self.definition = definition
    self.savedAt = savedAt
  }
}

/// Which workflows are wanted; what is nil does not matter.
package struct WorkflowFilter: Sendable, Equatable {
  package var status: Workflow.Status?
  package var isTemplate: Bool?
  package var isArchived = false

  /// All that are not archived.
  package init() {}
}
