package import Model

/// What a cleanup would do.
package struct CleanupPlan: Sendable {
  /// One asset that would go to the trash.
  package struct Item: Sendable, Equatable {
    package let asset: Asset
    /// Why, in words.
    package let reason: String
  }

  package internal(set) var items: [Item] = []
  /// How many were left because something refers to them.
  package internal(set) var referenced = 0
  /// How many were left for their tags, stars or hearts.
  package internal(set) var kept = 0

  /// How many bytes would become free once the trash is emptied and swept.
  package var bytes: Int64 { items.reduce(0) { $0 + $1.asset.size } }
}
