/// How much a line of the log matters.
package enum LogLevel: String, Sendable, CaseIterable, Comparable {
  /// Every step, for looking into one thing.
  case trace
  /// What helps to find a fault.
  case debug
  /// What happens in the normal course.
  case info
  /// What is normal and worth knowing.
  case notice
  /// What may need a look; the work goes on.
  case warning
  /// What failed.
  case error

  package static func < (left: Self, right: Self) -> Bool { left.weight < right.weight }

  private var weight: Int {
    switch self {
    case .trace: 0
    case .debug: 1
    case .info: 2
    case .notice: 3
    case .warning: 4
    case .error: 5
    }
  }
}
