import Foundations

/// When a worker next looks after the store.
struct WorkerCare {
  static let rhythm = Duration.seconds(3_600)
  static let batch = 500
  static let batches = 20

  /// By uptime; at once after the start.
  var nextPruning: Duration?
}
