/// Where a job stands.
package enum JobState: String, Sendable, CaseIterable {
  /// Asked for, and not yet released.
  case created
  /// Waits for a worker.
  case queued
  /// A worker has it.
  case running
  /// Waits for its children.
  case waiting
  case completed
  /// Completed without some of its parts.
  case partiallyCompleted = "partially_completed"
  case failed
  case cancelled

  /// Whether nothing more comes by itself.
  package var isFinal: Bool {
    switch self {
    case .created, .queued, .running, .waiting: false
    case .completed, .partiallyCompleted, .failed, .cancelled: true
    }
  }

  /// Whether a parent has to do without it.
  package var isLost: Bool { self == .failed || self == .cancelled }
}
