/// Writes to a child's standard input while it runs; for one task.
package struct InputWriter: Sendable {
  private let child: Child
  private let feed: InputFeed

  init(to child: Child, _ feed: InputFeed) {
    self.child = child
    self.feed = feed
  }

  /// Writes all of the bytes, waiting while the child does not read.
  ///
  /// Throws `process.input_closed` when the child has ended or closed its input; `Child.wait`
  /// tells why. Cancelling the task ends the wait and closes the child's input.
  package func write(_ bytes: [UInt8]) async throws(ProcessFailure) {
    if await feed.write(bytes) { return }
    if Task.isCancelled {
      throw ProcessFailure(.stopped, "the writing to \(child.tool) was cancelled")
    }
    throw ProcessFailure(
      .processInputClosed, "\(child.tool) stopped reading before it had everything")
  }

  /// Tells the child that no more will come.
  package func finish() { feed.finish() }
}
