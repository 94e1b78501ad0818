import Glibc

/// How often something is tried, and how long to wait in between.
package struct RetryPolicy: Sendable, Equatable {
  /// How many attempts in all; 1 means no retry.
  package let attempts: Int
  /// The wait before the second attempt.
  package let firstDelay: Duration
  /// By what each further wait is longer.
  package let factor: Double
  /// The longest wait.
  package let cap: Duration
  /// The part of a wait that is random, from 0 to 1.
  ///
  /// It keeps many who failed together from coming back together.
  package let jitter: Double
  /// The longest wait that a failure may ask for (`RetryAdvising`) and get.
  ///
  /// Where more is asked for, nothing is tried again: less would be no use, more would hang.
  package let longestAdvice: Duration

  /// A policy; the defaults are those of jobs.
  package init(
    attempts: Int = 3, firstDelay: Duration = .seconds(1), factor: Double = 2,
    cap: Duration = .seconds(60), jitter: Double = 0.5, longestAdvice: Duration = .seconds(300)
  ) {
    precondition(attempts >= 1, "at least one attempt")
    precondition(firstDelay >= .zero && cap >= .zero && longestAdvice >= .zero, "no time travel")
    precondition(factor >= 1 && factor.isFinite, "waits do not shrink")
    precondition((0...1).contains(jitter), "jitter is a part of the wait")
    self.attempts = attempts
    self.firstDelay = firstDelay
    self.factor = factor
    self.cap = cap
    self.jitter = jitter
    self.longestAdvice = longestAdvice
  }

  /// One attempt and no more.
  package static let once = RetryPolicy(attempts: 1)

  /// The wait before an attempt without its jitter; the first attempt waits for nothing.
  package func longestDelay(beforeAttempt attempt: Int) -> Duration {
    guard attempt > 1, firstDelay > .zero else { return .zero }
    // In fractions, where a power too large becomes infinity and then the cap.
    let seconds = firstDelay / .seconds(1) * pow(factor, Double(attempt - 2))
    return seconds < cap / .seconds(1) ? .seconds(seconds) : cap
  }

  /// The wait before an attempt, shortened at random by up to `jitter` of it.
  package func delay(
    beforeAttempt attempt: Int, using generator: inout some RandomNumberGenerator
  ) -> Duration {
    let longest = longestDelay(beforeAttempt: attempt)
    guard jitter > 0, longest > .zero else { return longest }
    return longest * Double.random(in: 1 - jitter...1, using: &generator)
  }
}
