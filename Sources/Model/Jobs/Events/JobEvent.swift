package import Foundations

/// Something that happened to a job.
package struct JobEvent: Sendable, Equatable {
  /// What can happen.
  package enum Kind: String, Sendable, CaseIterable {
    case created = "job_created"
    case started = "job_started"
    case completed = "job_completed"
    case failed = "job_failed"
    case cancelled = "job_cancelled"
    case statusChanged = "status_changed"
    case progressUpdated = "progress_updated"
    case segmentComplete = "segment_complete"
    case resourceUpdated = "resource_updated"

    /// Whether it says only how things stood for a moment.
    package var isPassing: Bool { self == .progressUpdated || self == .resourceUpdated }
  }

  /// Over all jobs, ascending; there may be gaps.
  package let sequence: Int64
  package let job: JobID
  /// Of the job, from 1 without gaps; the oldest may have been pruned.
  package let number: Int
  package let kind: Kind
  package let at: Timestamp
  /// Carries at least `job_id`.
  package let payload: JSONObject

  /// An event by its parts.
  package init(
    sequence: Int64, job: JobID, number: Int, kind: Kind, at: Timestamp, payload: JSONObject
  ) {
    self.sequence = sequence
    self.job = job
    self.number = number
    self.kind = kind
    self.at = at
    self.payload = payload
  }
}
