package import Foundations

/// One time that a workflow was run.
package struct Execution: Sendable, Equatable {
  /// What an execution can be.
  package enum Status: String, Sendable, CaseIterable {
    case running, completed, failed, cancelled

    /// Whether nothing more comes.
    package var isFinal: Bool { self != .running }
  }

  package let id: ExecutionID
  package let workflow: WorkflowID
  package var status: Status
  package let startedAt: Timestamp
  package var completedAt: Timestamp?
  package var error: String?
  package var data = JSONObject()

  /// An execution that begins.
  package init(
    id: ExecutionID, workflow: WorkflowID, status: Status = .running, startedAt: Timestamp
  ) {
    self.id = id
    self.workflow = workflow
    self.status = status
    self.startedAt = startedAt
  }
}
