/// The answer to a submission.
package struct SubmittedJob: Sendable, Equatable {
  /// Whose work it is.
  package enum Source: String, Sendable {
    /// A job that was added.
    case new
    /// The job of that id, which was there.
    case same
    /// An open job that does the same.
    case joined
    /// A completed job's result.
    case cached
  }

  package let job: Job
  package let source: Source

  /// An answer by its parts.
  package init(_ job: Job, _ source: Source) {
    self.job = job
    self.source = source
  }
}

/// A part of a job that is a job itself.
package struct NewChild: Sendable, Equatable {
  package let id: JobID
  package let job: NewJob

  /// A child by its parts.
  package init(id: JobID, _ job: NewJob) {
    self.id = id
    self.job = job
  }
}

/// What a worker tells of a job; what is nil stays as it was.
package struct JobReport: Sendable, Equatable {
  package var stage: String?
  package var progress: JobProgress?
  package var use: JobUse?

  /// A report by its parts.
  package init(stage: String? = nil, progress: JobProgress? = nil, use: JobUse? = nil) {
    self.stage = stage
    self.progress = progress
    self.use = use
  }
}
