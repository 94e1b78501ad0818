/// Why a job's flag was raised.
enum StopCause: Int, Sendable, Comparable {
  /// No heartbeat got through for half a lease.
  case overdue
  /// The worker stops.
  case workerStops
  /// Somebody wants the job to end.
  case cancelWished
  /// It is another worker's, or nobody's.
  case leaseLost

  // The later ones say more of what is to become of the job.
  static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
