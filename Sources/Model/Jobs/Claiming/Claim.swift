package import Foundations

/// A worker's question for a job.
package struct Claim: Sendable, Equatable {
  /// Its own, so that a question asked twice has one answer.
  package let id: ClaimID
  package let worker: String
  /// How long the lease lasts without a heartbeat.
  package let lease: Duration
  /// What it works on; anything where nil.
  package var kinds: Set<String>?
  package var queues: Set<String>?
  /// What it is able to do.
  package var capabilities: Set<String> = []
  /// How many jobs of a kind may run, over all workers.
  package var runningAtMost: [String: Int] = [:]
  /// How many jobs of one user may run, over all workers.
  package var runningAtMostPerUser: Int?
  /// The memory it can give a job, in bytes.
  package var memoryAtMost: Int64?

  /// A claim of anything that needs nothing.
  package init(id: ClaimID, worker: String, lease: Duration) {
    self.id = id
    self.worker = worker
    self.lease = lease
  }
}

/// A worker's right to a job until a moment, renewed by heartbeats.
package struct JobLease: Sendable, Equatable {
  package let worker: String
  package var until: Timestamp

  /// A lease by its parts.
  package init(worker: String, until: Timestamp) {
    self.worker = worker
    self.until = until
  }
}

/// A job and the epoch in which a worker was given it; every word of the worker's names it.
package struct JobTicket: Sendable, Hashable {
  package let job: JobID
  package let epoch: Int64

  /// A ticket by its parts.
  package init(job: JobID, epoch: Int64) {
    self.job = job
    self.epoch = epoch
  }
}

/// The answer to a heartbeat.
package struct Heartbeat: Sendable, Equatable {
  package let until: Timestamp
  /// Whether the worker is to stop and acknowledge that.
  package let isCancelWished: Bool

  /// An answer by its parts.
  package init(until: Timestamp, isCancelWished: Bool) {
    self.until = until
    self.isCancelWished = isCancelWished
  }
}
