/// The names in cursors of lists that have but one order.
package enum ListName {
  /// Runs, the newest first.
  package static let runs = "runs"
  /// Workflows, the last changed first.
  package static let workflows = "workflows"
  /// Executions, the newest first.
  package static let executions = "executions"
  /// Jobs, the newest first.
  package static let jobs = "jobs"
  /// The children of a job, by their ordinals.
  package static let children = "children"
}
