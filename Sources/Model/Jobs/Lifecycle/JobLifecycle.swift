/// What may happen to a job in which state, and what follows: the one table of it.
///
/// Whatever is not in the table is refused as `jobs.bad_transition`. `docs/jobs.md` draws it.
package enum JobLifecycle {
  /// What can happen.
  package enum Event: String, Sendable, CaseIterable {
    /// Somebody lets it go.
    case release
    /// Somebody lets it go whose children do the work first.
    case releaseChildren = "release to children"
    case claim
    /// Its worker splits it.
    case fanOut = "fan out"
    /// The last child is over, and its own work comes.
    case join
    /// The last child is over, and there is nothing else.
    case endWithChildren = "last child ends"
    case endInPartWithChildren = "last child ends, some lost"
    /// A child was lost that it needs.
    case loseChild = "needed child lost"
    case complete
    case completeInPart = "complete in part"
    case tryAgain = "fail, may pass"
    case fail
    /// Its worker stops and gives it back.
    case giveBack = "give back"
    /// Its worker was lost.
    case lapse = "lease lapses"
    /// Its worker was lost once too often.
    case setAside = "lease lapses too often"
    /// Its worker was lost, which somebody wanted to end it.
    case lapseCancelled = "lease lapses, end wished"
    /// Somebody wants it to end.
    case cancel
    /// Its worker has stopped as it was told.
    case stop = "stop as wished"
    /// Somebody wants it anew.
    case retry
    /// Somebody wants its lost children anew.
    case retryChildren = "retry children"
  }

  /// What follows for the job itself.
  package enum Effect: Sendable, CaseIterable {
    /// Counts the epoch up.
    case newEpoch
    case dropLease
    case countAttempt, refundAttempt
    case countCrash
    /// Attempts and crashes are counted anew.
    case newCounts
    case wishCancel, forgetWish
    /// Result, error and end are forgotten.
    case reopen
    case end
  }

  /// A line of the table.
  package struct Transition: Sendable {
    package let from: JobState
    package let event: Event
    package let to: JobState
    package let effects: [Effect]

    init(_ from: JobState, _ event: Event, _ to: JobState, _ effects: Effect...) {
      self.from = from
      self.event = event
      self.to = to
      self.effects = effects
    }
  }

  /// All that may happen.
  package static let table: [Transition] = [
    Transition(.created, .release, .queued),
    Transition(.created, .releaseChildren, .waiting),
    Transition(.created, .cancel, .cancelled, .end),
    Transition(.created, .loseChild, .failed, .end),

    Transition(.queued, .claim, .running, .newEpoch, .countAttempt),
    Transition(.queued, .cancel, .cancelled, .end),

    Transition(.running, .fanOut, .waiting, .dropLease),
    Transition(.running, .complete, .completed, .dropLease, .end),
    Transition(.running, .completeInPart, .partiallyCompleted, .dropLease, .end),
    Transition(.running, .tryAgain, .queued, .dropLease),
    Transition(.running, .fail, .failed, .dropLease, .end),
    Transition(.running, .giveBack, .queued, .dropLease, .refundAttempt),
    Transition(.running, .lapse, .queued, .newEpoch, .dropLease, .refundAttempt, .countCrash),
    Transition(
      .running, .setAside, .failed, .newEpoch, .dropLease, .refundAttempt, .countCrash, .end),
    Transition(
      .running, .lapseCancelled, .cancelled, .newEpoch, .dropLease, .refundAttempt, .countCrash,
      .end),
    Transition(.running, .cancel, .running, .wishCancel),
    Transition(.running, .stop, .cancelled, .dropLease, .end),

    Transition(.waiting, .join, .queued, .newCounts),
    Transition(.waiting, .endWithChildren, .completed, .end),
    Transition(.waiting, .endInPartWithChildren, .partiallyCompleted, .end),
    Transition(.waiting, .loseChild, .failed, .end),
    Transition(.waiting, .cancel, .cancelled, .end),

    Transition(.failed, .retry, .queued, .newCounts, .forgetWish, .reopen),
    Transition(.cancelled, .retry, .queued, .newCounts, .forgetWish, .reopen),
    Transition(.failed, .retryChildren, .waiting, .newCounts, .forgetWish, .reopen),
    Transition(.cancelled, .retryChildren, .waiting, .newCounts, .forgetWish, .reopen),
    Transition(.partiallyCompleted, .retryChildren, .waiting, .newCounts, .forgetWish, .reopen),
  ]

  private struct Key: Hashable {
    let state: JobState
    let event: Event
  }

  private static let lines = Dictionary(
    uniqueKeysWithValues: table.map { (Key(state: $0.from, event: $0.event), $0) })

  /// What an event leads to; nil where it cannot happen.
  package static func transition(_ state: JobState, _ event: Event) -> Transition? {
    lines[Key(state: state, event: event)]
  }
}
