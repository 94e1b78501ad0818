import Foundations

/// One write on its way through the writer.
final class WriteRequest: Sendable {
  let urgency: WriteUrgency
  /// Ends the write: before its turn without a trace, later between its statements.
  let stop: StopFlag?
  /// When it has waited too long, by the system's uptime.
  let deadline: Duration
  private let body: @Sendable (WriteTransaction) throws -> Void
  private let answer: @Sendable ((any Error)?) -> Void

  /// A write; `answer` is called once, with what went wrong or nil.
  init(
    _ urgency: WriteUrgency, stop: StopFlag?, deadline: Duration,
    _ body: @escaping @Sendable (WriteTransaction) throws -> Void,
    answer: @escaping @Sendable ((any Error)?) -> Void
  ) {
    self.urgency = urgency
    self.stop = stop
    self.deadline = deadline
    self.body = body
    self.answer = answer
  }

  /// Does the work.
  func perform(_ transaction: WriteTransaction) throws { try body(transaction) }

  /// Tells whoever waits.
  func tell(_ failure: (any Error)?) { answer(failure) }
}
