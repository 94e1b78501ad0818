package import Foundations

/// One pipeline run, as the catalogue knows it; its folder tells all of it.
package struct Run: Sendable, Equatable {
  package let id: RunID
  package var user: String?
  package var createdAt: Timestamp
  package var schema: String
  package var mode: String
  package var inputText: String?
  package var transformedText: String?
  package var state: RunState
  package var deletedAt: Timestamp?
  package var archivedAt: Timestamp?

  /// A run by its parts.
  package init(
    id: RunID, user: String? = nil, createdAt: Timestamp, schema: String, mode: String,
    inputText: String? = nil, transformedText: String? = nil, state: RunState = RunState()
  ) {
    self.id = id
    self.user = user
    self.createdAt = createdAt
    self.schema = schema
    self.mode = mode
    self.inputText = inputText
    self.transformedText = transformedText
    self.state = state
  }
}

/// Where a run stands.
package struct RunState: Sendable, Equatable {
  /// What a run can be.
  package enum Status: String, Sendable, CaseIterable {
    case running, complete, failed, cancelled

    /// Whether nothing more comes.
    package var isFinal: Bool { self != .running }
  }

  package var status = Status.running
  package var stage: String?
  package var step: String?
  package var expectedOutputs: [String] = []
  package var error: String?

  /// A run that has begun.
  package init() {}
}
