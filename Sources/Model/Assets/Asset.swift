package import Blobs
package import Foundations

/// One content of the library, whatever names it came under.
package struct Asset: Sendable, Equatable {
  package let id: AssetID
  /// The content's name, and where its bytes are.
  package let blob: BlobID
  package let size: Int64
  /// The name it was first added under; people may change it.
  package var name: String
  /// How it first came.
  package let source: AssetSource
  package let addedAt: Timestamp
  /// Whose it is, where somebody said so.
  package var user: String?
  package var facts: AssetFacts
  package var notes: AssetNotes
  /// When it was moved to the trash; nil while it lives.
  package var deletedAt: Timestamp?

  /// An asset by its parts.
  package init(
    id: AssetID, blob: BlobID, size: Int64, name: String, source: AssetSource, addedAt: Timestamp,
    user: String? = nil, facts: AssetFacts, notes: AssetNotes = AssetNotes(),
    deletedAt: Timestamp? = nil
  ) {
    self.id = id
    self.blob = blob
    self.size = size
    self.name = name
    self.source = source
    self.addedAt = addedAt
    self.user = user
    self.facts = facts
    self.notes = notes
    self.deletedAt = deletedAt
  }
}

/// How content came into the library.
package enum AssetSource: String, Sendable, CaseIterable {
  case generated, uploaded, stitched, downloaded, encoded, extracted
}
