package import Foundations

/// How much there is of what.
package struct LibraryStatistics: Sendable, Equatable {
  /// A number of things and their bytes.
  package struct Amount: Sendable, Equatable {
    package var count: Int
    package var bytes: Int64

    /// An amount by its parts.
    package init(count: Int = 0, bytes: Int64 = 0) {
      self.count = count
      self.bytes = bytes
    }
  }

  /// All that live.
  package var assets = Amount()
  package var trash = Amount()
  package var bySource: [String: Amount] = [:]
  package var byKind: [String: Amount] = [:]
  package var byUser: [String: Amount] = [:]
  package var byModel: [String: Amount] = [:]
  /// Films alone, by source.
  package var videosBySource: [String: Amount] = [:]
  package var workflowsByStatus: [String: Int] = [:]
  package var runs = 0
  /// What was added again and not stored again.
  package var savedByDeduplication = Amount()

  /// An empty library's.
  package init() {}
}

/// How much came in on one day.
package struct DayGrowth: Sendable, Equatable {
  /// The day's start in UTC.
  package let day: Timestamp
  package let amount: LibraryStatistics.Amount

  /// A day by its parts.
  package init(day: Timestamp, amount: LibraryStatistics.Amount) {
    self.day = day
    self.amount = amount
  }
}
