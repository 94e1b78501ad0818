package import Foundations

/// How often a request is made again while its failures may pass.
package struct HTTPRetries: Sendable {
  package var policy = RetryPolicy(
    attempts: 3, firstDelay: .seconds(1), cap: .seconds(8), longestAdvice: .seconds(10))
  /// How long all attempts may take, with the waits between them.
  package var within = Duration.seconds(20)
  /// Waits, but no longer than until the flag is raised.
  package var wait: @Sendable (Duration, StopFlag) -> Void = { time, stop in
    let bell = Monitor(())
    let token = stop.onStop { _ in bell.notify() }
    defer { stop.removeAction(token) }
    _ = bell.wait(atMost: time) { _ in stop.isStopped ? true : nil }
  }

  /// Three attempts within twenty seconds.
  package init() {}
}

extension HTTPClient {
  /// Asks until it was done, as often as the retries say; the last failure otherwise.
  ///
  /// What may pass is a connection that fails and an answer that says so (408, 425, 429, 5xx),
  /// which is heeded where it tells how long to wait.
  package func send(
    _ request: HTTPRequest, _ retries: HTTPRetries, time: any TimeSource = SystemTime(),
    random: any RandomSource = SystemRandom(), stop: StopFlag
  ) throws(HTTPFailure) -> HTTPResponse {
    let end = time.uptime + retries.within
    var generator = random.generator
    var attempt = 1
    while true {
      var one = request
      one.limits.whole = min(request.limits.whole, end - time.uptime)
      let failure: HTTPFailure
      do throws(HTTPFailure) {
        let response = try send(one, stop: stop)
        try response.requireSuccess(of: request.address)
        return response
      } catch {
        failure = error
      }
      attempt += 1
      guard attempt <= retries.policy.attempts, failure.mayPass,
        failure.retryAfter ?? .zero <= retries.policy.longestAdvice
      else { throw failure.after(attempt - 1) }
      let own = retries.policy.delay(beforeAttempt: attempt, using: &generator)
      let delay = max(own, failure.retryAfter ?? .zero)
      guard time.uptime + delay < end else { throw failure.after(attempt - 1) }
      retries.wait(delay, stop)
    }
  }
}

extension HTTPFailure {
  /// The failure of the last of several attempts.
  fileprivate func after(_ attempts: Int) -> HTTPFailure {
    guard attempts > 1, code != .stopped else { return self }
    return HTTPFailure(
      code, "\(message) (after \(attempts) attempts)", hint: hint, cause: cause,
      retryAfter: retryAfter)
  }
}
