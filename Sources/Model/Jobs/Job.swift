package import Foundations

/// A unit of work that the engine runs, and where it stands.
package struct Job: Sendable, Equatable {
  /// The child of which job it is, and which of them.
  package struct Place: Sendable, Equatable {
    package let parent: JobID
    /// From 0, in the order of the parent's parts.
    package let ordinal: Int

    /// A place by its parts.
    package init(parent: JobID, ordinal: Int) {
      self.parent = parent
      self.ordinal = ordinal
    }
  }

  package let id: JobID
  /// What was asked for.
  package var asked: NewJob
  /// Nil for a job of its own.
  package let place: Place?
  package var state: JobState
  /// What it is at, in the words of its kind.
  package var stage: String?
  /// Not before then.
  package var runAt: Timestamp
  /// How often it was begun, without crashes and returns.
  package var attempts = 0
  /// How often its worker was lost.
  package var crashes = 0
  /// Counted up whenever it is given to a worker or taken away from one.
  package var epoch: Int64 = 0
  /// By which claim it was given last, so that a repeated claim is the same.
  package var claim: ClaimID?
  /// Whose it is; only while it runs.
  package var lease: JobLease?
  package var heartbeat: Timestamp?
  /// Somebody wants it to end.
  package var isCancelWished = false
  package var children = JobChildren()
  package var progress = JobProgress()
  package var use = JobUse()
  package var result: JSONValue?
  /// Why it failed, or why its last attempt did.
  package var error: JobError?
  package let createdAt: Timestamp
  /// When it was first begun.
  package var startedAt: Timestamp?
  /// When it ended; nil while it is open.
  package var finishedAt: Timestamp?
  /// The number of its newest event.
  package var lastEvent = 0

  /// A job that has just been asked for.
  package init(
    id: JobID, _ asked: NewJob, place: Place? = nil, state: JobState, at now: Timestamp
  ) {
    self.id = id
    self.asked = asked
    self.place = place
    self.state = state
    runAt = asked.runAt ?? now
    createdAt = now
  }

  /// What names it and the worker's right to it.
  package var ticket: JobTicket { JobTicket(job: id, epoch: epoch) }

  package var kind: String { asked.kind }
  package var user: String? { asked.user }
  /// Whether it goes on by itself or can be made to: in no final state.
  package var isOpen: Bool { !state.isFinal }
  /// Whether its own part is what comes after its children's.
  package var isJoin: Bool { children.total > 0 && children.pending == 0 }
}
