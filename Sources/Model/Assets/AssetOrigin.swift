package import Foundations

/// One way that an asset's content came: each time the same bytes are added, one more.
package struct AssetOrigin: Sendable, Equatable {
  package let asset: AssetID
  /// The name it had there.
  package let name: String
  package let source: AssetSource
  package let addedAt: Timestamp
  /// The path or address it came from, secrets taken out.
  package let from: String?
  package let user: String?

  /// An origin by its parts.
  package init(
    asset: AssetID, name: String, source: AssetSource, addedAt: Timestamp, from: String? = nil,
    user: String? = nil
  ) {
    self.asset = asset
    self.name = name
    self.source = source
    self.addedAt = addedAt
    self.from = from
    self.user = user
  }
}
