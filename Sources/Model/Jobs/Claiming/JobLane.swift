/// Jobs that a claim cannot tell apart but by their age.
package struct JobLane: Sendable, Hashable {
  package let queue: String
  package let kind: String
  package let needs: Set<String>
  package let priority: Int
  package let user: String?
  package let memory: Int64
  /// Whether its jobs are parts of others, so that lists without those are found as fast.
  package let isOfChildren: Bool

  /// The lane that a job stands in.
  package init(_ job: Job) {
    let asked = job.asked
    self.init(
      queue: asked.queue, kind: asked.kind, needs: asked.needs, priority: asked.priority,
      user: asked.user, memory: asked.memory, isOfChildren: job.place != nil)
  }

  /// A lane by its parts.
  package init(
    queue: String, kind: String, needs: Set<String>, priority: Int, user: String?, memory: Int64,
    isOfChildren: Bool
  ) {
    self.queue = queue
    self.kind = kind
    self.needs = needs
    self.priority = priority
    self.user = user
    self.memory = memory
    self.isOfChildren = isOfChildren
  }
}

/// How many wait and run in a lane.
package struct LaneLoad: Sendable {
  /// By which its store knows the lane.
  package let row: Int64
  package let lane: JobLane
  package let queued: Int
  package let running: Int

  /// A load by its parts.
  package init(row: Int64, _ lane: JobLane, queued: Int, running: Int) {
    self.row = row
    self.lane = lane
    self.queued = queued
    self.running = running
  }
}
