/// What is told before each wait.
package struct RetryNotice: Sendable {
  /// The attempt that failed, counted from 1.
  package let attempt: Int
  /// How many there are in all.
  package let attempts: Int
  /// Why it failed.
  package let error: any Error
  /// How long until the next.
  package let delay: Duration
}

/// Does work, and does it again while its failures may pass.
///
/// The first failure that will not pass, or that of the last attempt, is thrown: as it is when
/// there was one attempt, else as a `RepeatedFailure` that keeps the failures of all. Cancelling
/// the task or raising the flag ends a wait at once.
///
/// - Parameters:
///   - onRetry: Told before each wait, for the log.
///   - shouldRetry: Which failures may pass; those of the kind `unavailable`.
///   - work: Given the number of the attempt, from 1.
package nonisolated(nonsending) func retry<Value>(
  _ policy: RetryPolicy = RetryPolicy(), time: any TimeSource, random: any RandomSource,
  stop: StopFlag? = nil, onRetry: (RetryNotice) -> Void = { _ in },
  shouldRetry: (any Error) -> Bool = { $0.mayPass },
  _ work: nonisolated(nonsending) (_ attempt: Int) async throws -> Value
) async throws -> Value {
  var failures: [any Error] = []
  var generator = random.generator
  while true {
    try Task.checkCancellation()
    try stop?.check()
    do {
      return try await work(failures.count + 1)
    } catch {
      // Our own end is no failure of the work, however the work puts it.
      try Task.checkCancellation()
      try stop?.check()
      failures.append(error)
      let next = failures.count + 1
      guard next <= policy.attempts, shouldRetry(error),
        let delay = policy.delay(beforeAttempt: next, after: error, using: &generator)
      else { throw RepeatedFailure.combining(failures) }
      onRetry(
        RetryNotice(
          attempt: failures.count, attempts: policy.attempts, error: error, delay: delay))
      try await time.sleep(for: delay, unless: stop)
    }
  }
}

extension RetryPolicy {
  /// The wait before an attempt: the longer of the policy's and the failure's; nil where the
  /// failure asks for more than is waited.
  fileprivate func delay(
    beforeAttempt attempt: Int, after error: any Error,
    using generator: inout some RandomNumberGenerator
  ) -> Duration? {
    let own = delay(beforeAttempt: attempt, using: &generator)
    guard let advised = (error as? any RetryAdvising)?.retryAfter else { return own }
    return advised <= longestAdvice ? max(own, advised) : nil
  }
}
