package import Blobs
package import Foundations

/// Content on its way into the catalogue; its blob is committed already.
package struct NewAsset: Sendable {
  /// The id wanted, where somebody wants one; a conflict where it stands for other content.
  package var id: AssetID?
  package var blob: BlobID
  package var size: Int64
  package var name: String
  package var source: AssetSource
  package var addedAt: Timestamp
  package var user: String?
  package var from: String?
  package var facts: AssetFacts
  /// How it was made, where its bytes or its bringer tell.
  package var generation: Generation?

  /// Content by what must be known of it.
  package init(
    id: AssetID? = nil, blob: BlobID, size: Int64, name: String, source: AssetSource,
    addedAt: Timestamp, user: String? = nil, from: String? = nil, facts: AssetFacts,
    generation: Generation? = nil
  ) {
    self.id = id
    self.blob = blob
    self.size = size
    self.name = name
    self.source = source
    self.addedAt = addedAt
    self.user = user
    self.from = from
    self.facts = facts
    self.generation = generation
  }
}

/// What adding came to.
package struct AddedAsset: Sendable, Equatable {
  /// The asset that holds the content: the new one, or the one that was there.
  package let asset: Asset
  /// Whether the content was there already.
  package let isDuplicate: Bool
  /// Whether it was in the trash and lives again.
  package let isRevived: Bool

  /// An answer by its parts.
  package init(asset: Asset, isDuplicate: Bool, isRevived: Bool = false) {
    self.asset = asset
    self.isDuplicate = isDuplicate
    self.isRevived = isRevived
  }
}
