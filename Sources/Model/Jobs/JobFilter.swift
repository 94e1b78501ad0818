/// Which jobs are wanted; what is nil or empty does not matter.
package struct JobFilter: Sendable, Equatable {
  package var states: Set<JobState> = []
  package var kinds: Set<String> = []
  package var queue: String?
  package var user: String?
  package var run: RunID?
  package var workflow: WorkflowID?
  /// The children of a job.
  package var parent: JobID?
  /// Only jobs that are nobody's children.
  package var isTopLevel = false

  /// All jobs.
  package init() {}

  /// Whether a job is wanted.
  package func matches(_ job: Job) -> Bool {
    (states.isEmpty || states.contains(job.state)) && matches(job.asked)
      && (parent == nil || parent == job.place?.parent) && !(isTopLevel && job.place != nil)
  }

  private func matches(_ asked: NewJob) -> Bool {
    (kinds.isEmpty || kinds.contains(asked.kind)) && (queue == nil || queue == asked.queue)
      && (user == nil || user == asked.user) && (run == nil || run == asked.run)
      && (workflow == nil || workflow == asked.workflow)
  }
}

/// How many jobs of one sort there are in one state.
package struct JobCount: Sendable, Hashable {
  package let kind: String
  package let user: String?
  /// Whether they are parts of others.
  package let isOfChildren: Bool
  package let state: JobState
  package let count: Int

  /// A count by its parts.
  package init(
    kind: String, user: String?, isOfChildren: Bool, state: JobState, count: Int
  ) {
    self.kind = kind
    self.user = user
    self.isOfChildren = isOfChildren
    self.state = state
    self.count = count
  }
}
