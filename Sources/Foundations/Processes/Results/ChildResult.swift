/// What came of a child.
package struct ChildResult: Sendable {
  /// The program's name, for messages.
  package let tool: String
  /// How its own process ended.
  package let ending: ChildEnding
  /// Why it was stopped; nil where it ended by itself.
  package let stopped: ChildStop?
  /// What was kept of its standard output.
  package let output: KeptBytes
  /// What was kept of its standard error.
  package let errors: KeptBytes
  /// What it used, with its descendants.
  package let usage: ChildUsage
  /// Descendants that could not be ended: stuck in the kernel, or another user's.
  package let survivors: [Int32]

  /// Whether it ended by itself with status 0.
  package var isSuccess: Bool { stopped == nil && ending == .exited(0) }

  /// Itself if it is a success; throws what explains the failure otherwise.
  @discardableResult
  package func requireSuccess() throws(ProcessFailure) -> ChildResult {
    guard isSuccess else { throw ProcessFailure(self) }
    return self
  }
}
