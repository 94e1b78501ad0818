/// Something that refers to an asset.
package enum AssetReference: Sendable, Hashable {
  case run(RunID)
  case workflow(WorkflowID)
}

/// What an asset looks like, by its row.
package struct LikenessRow: Sendable, Equatable {
  package let row: Int64
  package let asset: AssetID
  package let likeness: Likeness

  /// A row by its parts.
  package init(row: Int64, asset: AssetID, likeness: Likeness) {
    self.row = row
    self.asset = asset
    self.likeness = likeness
  }
}
