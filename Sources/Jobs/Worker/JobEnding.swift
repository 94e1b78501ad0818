import Foundations
import Model

/// What is to be told of a job's end.
enum JobEnding: Sendable {
  case done(JobOutcome)
  case failed(JobError, tryAgainIn: Duration?)
  /// As somebody wished.
  case cancelled
  case givenBack(waiting: Duration = .zero)
  /// Nothing: it is another's.
  case lost

  /// The ending that follows from how the work went, and from why it was told to stop.
  ///
  /// What was told to stop and throws has not failed, however it puts it.
  init(
    _ result: Result<JobOutcome, any Error>, of held: HeldJob, at now: Timestamp, chance: Double
  ) {
    switch (result, held.cause) {
    case (_, .leaseLost): self = .lost
    case (.success(let outcome), _): self = .done(outcome)
    case (.failure, .cancelWished): self = .cancelled
    case (.failure, .workerStops), (.failure, .overdue): self = .givenBack()
    case (.failure(let error), nil): self = .init(error, of: held, at: now, chance: chance)
    }
  }

  /// The ending of a job that failed by itself.
  init(_ error: any Error, of held: HeldJob, at now: Timestamp, chance: Double) {
    let failure = error.asFailure
    // A backend that is left alone for a while costs no attempt.
    if let pause = Self.pause(failure) {
      self = .givenBack(waiting: pause)
      return
    }
    self = .failed(
      JobError(failure, of: held, at: now),
      tryAgainIn: failure.mayPass
        ? Self.delay(failure, held.kind.retry, attempt: held.job.attempts + 1, chance) : nil)
  }

  // Where a circuit does not say when it is tried again.
  private static let usualPause = Duration.seconds(30)

  /// How long a backend is left alone; nil where the failure is another.
  static func pause(_ failure: any Failure) -> Duration? {
    guard failure.code == .circuitOpen else { return nil }
    return max((failure as? any RetryAdvising)?.retryAfter ?? usualPause, .milliseconds(100))
  }

  /// The longer of the policy's wait and the failure's own; nil where that asks for too long a one.
  private static func delay(
    _ failure: any Failure, _ policy: RetryPolicy, attempt: Int, _ chance: Double
  ) -> Duration? {
    let own = policy.delay(beforeAttempt: attempt, chance: chance)
    guard let advised = (failure as? any RetryAdvising)?.retryAfter else { return own }
    return advised <= policy.longestAdvice ? max(own, advised) : nil
  }
}

extension JobError {
  private static let longestInput = 16_384
  private static let longestText = 4_096

  /// A failure of a job's work, with all that helps to understand it and without secrets.
  init(_ failure: any Failure, of held: HeldJob, at now: Timestamp) {
    let hide = Redaction.standard
    let causes = failure.chain.dropFirst().map { hide.text("\($0)").cut(Self.longestText) }
    self.init(
      code: failure.code.name, kind: failure.kind,
      message: hide.text(failure.message).cut(Self.longestText),
      hint: failure.hint, at: now, causes: Array(causes.prefix(20)))
    operation = held.job.isJoin ? "join \(held.job.kind)" : held.job.kind
    stage = held.newestStage
    let tool = failure.chain.lazy.compactMap { $0 as? ProcessFailure }.first
    if let lines = tool?.lastLines, !lines.isEmpty {
      toolOutput = hide.text(lines.joined(separator: "\n")).cut(Self.longestInput)
    }
    details["attempt"] = .int(held.job.attempts)
    let input = hide.value(held.job.asked.input)
    details["input"] =
      input.text().utf8.count <= Self.longestInput ? input : "too large to be shown"
  }
}

extension String {
  fileprivate func cut(_ most: Int) -> String { count > most ? prefix(most) + "…" : self }
}
