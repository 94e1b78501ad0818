package import Foundations

extension FailureCode {
  /// No such job or schedule.
  package static let jobNotFound = FailureCode(
    "jobs.not_found", .notFound, "There is no job or schedule of that id.")
  /// Something that a job of that state cannot do.
  package static let jobBadTransition = FailureCode(
    "jobs.bad_transition", .conflict, "The job's state does not allow it.")
  /// A worker's right to a job has gone.
  package static let jobLeaseLost = FailureCode(
    "jobs.lease_lost", .conflict, "The job was taken away from its worker, or given to another.")
  /// A value that no job has.
  package static let jobBadValue = FailureCode(
    "jobs.bad_value", .usage, "A job cannot have that value.")
  /// More than is kept of a job.
  package static let jobTooLarge = FailureCode(
    "jobs.too_large", .usage, "More than is kept of a job.", httpStatus: 413)
  /// Another job does the same.
  package static let jobConflict = FailureCode(
    "jobs.conflict", .conflict, "Another job has that id, or does the same already.")
  /// A job whose workers die.
  package static let jobPoison = FailureCode(
    "jobs.poison", .internalError, "The job's workers were lost too often; it is set aside.")
  /// A job that needs all of its children.
  package static let jobChildLost = FailureCode(
    "jobs.child_lost", .conflict, "A part of the job failed or was cancelled.")
}

extension ModelFailure {
  /// The failure that a missing job is.
  package static func missing(_ id: JobID) -> ModelFailure {
    ModelFailure(.jobNotFound, "there is no job \(id)")
  }

  /// The failure that a late worker is told.
  package static func leaseLost(_ ticket: JobTicket) -> ModelFailure {
    ModelFailure(
      .jobLeaseLost, "job \(ticket.job) no longer belongs to epoch \(ticket.epoch)",
      hint: "end the work and throw its results away")
  }
}
