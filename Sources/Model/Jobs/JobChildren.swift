/// How many children a job has.
package struct JobChildren: Sendable, Equatable {
  package var total = 0
  /// Those that are open.
  package var pending = 0
  /// Those that failed or were cancelled.
  package var lost = 0
  /// Those that completed in part.
  package var partial = 0

  /// None.
  package init() {}

  /// Whether something is missing in what they made.
  package var isFlawed: Bool { lost > 0 || partial > 0 }
  /// How many are over.
  package var ended: Int { total - pending }

  mutating func count(_ state: JobState, by change: Int) {
    switch state {
    case .created, .queued, .running, .waiting: pending += change
    case .failed, .cancelled: lost += change
    case .partiallyCompleted: partial += change
    case .completed: break
    }
  }

  /// Counts a child that has come.
  package mutating func add(_ state: JobState) {
    total += 1
    count(state, by: 1)
  }

  /// Counts a child that has gone from one state to another.
  package mutating func move(_ old: JobState, _ new: JobState) {
    count(old, by: -1)
    count(new, by: 1)
  }
}

/// What becomes of a job through its children, as its kind wishes.
package struct ChildRule: Sendable, Equatable {
  /// Whether it goes on without children that failed or were cancelled.
  ///
  /// It then ends in part; without a single one that completed it fails.
  package var toleratesLoss: Bool
  /// Whether it has work of its own once its children are over, or ends with them.
  package var hasJoin: Bool

  /// A rule; needing all children and joining their results unless told otherwise.
  package init(toleratesLoss: Bool = false, hasJoin: Bool = true) {
    self.toleratesLoss = toleratesLoss
    self.hasJoin = hasJoin
  }
}
