package import Foundations

extension RetryPolicy {
  /// The wait before a job's attempt, shortened by up to `jitter` of it; `chance` is from 0 to 1.
  ///
  /// The chance is handed in, so that the same numbers give the same wait.
  package func delay(beforeAttempt attempt: Int, chance: Double) -> Duration {
    let part = jitter * min(1, max(0, chance))
    return longestDelay(beforeAttempt: attempt) * (1 - part)
  }
}
