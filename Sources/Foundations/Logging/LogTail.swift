import Synchronization

/// The last lines of a log in memory: for tests, and for what a failure tells of its story.
package final class LogTail: LogSink {
  private let capacity: Int
  private let kept = Mutex<[LogRecord]>([])

  /// Keeps so many lines at the most.
  package init(keeping capacity: Int) {
    precondition(capacity >= 1, "a tail keeps something")
    self.capacity = capacity
  }

  package func write(_ record: LogRecord) {
    kept.withLock { kept in
      if kept.count == capacity { kept.removeFirst() }
      kept.append(record)
    }
  }

  /// The lines, oldest first.
  package var records: [LogRecord] { kept.withLock { $0 } }
}
