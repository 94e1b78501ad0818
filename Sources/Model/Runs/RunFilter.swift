package import Foundations

/// Which runs are wanted; what is nil does not matter.
package struct RunFilter: Sendable, Equatable {
  package var user: String?
  package var schema: String?
  package var mode: String?
  package var status: RunState.Status?
  package var from: Timestamp?
  package var to: Timestamp?
  package var isDeleted = false
  package var isArchived: Bool?

  /// All that live.
  package init() {}
}
