package import Foundations

extension Job {
  /// Lets an event happen to it; `jobs.bad_transition` where it cannot.
  ///
  /// What goes with it for others, the lease it is given and the events it tells are its caller's.
  package mutating func apply(
    _ event: JobLifecycle.Event, at now: Timestamp
  ) throws(ModelFailure) {
    guard let transition = JobLifecycle.transition(state, event) else {
      throw ModelFailure(
        .jobBadTransition, "job \(id) is \(state.rawValue): \(event.rawValue) is not possible",
        hint: Self.hint(state, event))
    }
    state = transition.to
    for effect in transition.effects { apply(effect, at: now) }
    precondition((lease == nil) || state == .running, "only what runs has a worker")
    precondition(state.isFinal == (finishedAt != nil), "what is over has an end, and nothing else")
  }

  private mutating func apply(_ effect: JobLifecycle.Effect, at now: Timestamp) {
    switch effect {
    case .newEpoch: epoch += 1
    case .dropLease: lease = nil
    case .countAttempt: attempts += 1
    case .refundAttempt: attempts -= 1
    case .countCrash: crashes += 1
    case .newCounts:
      attempts = 0
      crashes = 0
      runAt = now
    case .wishCancel: isCancelWished = true
    case .forgetWish: isCancelWished = false
    case .reopen:
      finishedAt = nil
      result = nil
      error = nil
      progress = JobProgress()
    case .end: finishedAt = now
    }
  }

  private static func hint(_ state: JobState, _ event: JobLifecycle.Event) -> String? {
    switch event {
    case .cancel: "it has ended already"
    case .retry, .retryChildren:
      state.isFinal ? "submit it anew" : "wait until it has ended, or cancel it"
    default: nil
    }
  }
}
