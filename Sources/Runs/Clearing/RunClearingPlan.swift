import Foundations
package import Model

/// What a clearing of runs would do.
package struct RunClearingPlan: Sendable {
  /// One run that would go.
  package struct Item: Sendable {
    /// The run without its texts, of which there may be many.
    package let run: Run
    /// The bytes of all files in its folder.
    package let bytes: Int64
    /// Why, in words.
    package let reason: String
    /// The metadata.json that was seen: each change puts another file there.
    let metadata: FileStatus
  }

  /// The oldest first.
  package internal(set) var items: [Item] = []
  /// How many were left because they are under way.
  package internal(set) var running = 0
  /// How many were left because their folders cannot be read; `reconcile` looks after them.
  package internal(set) var unreadable = 0

  /// How many bytes would leave the runs; those of assets stay in the library.
  package var bytes: Int64 { items.reduce(0) { $0 + $1.bytes } }
}
