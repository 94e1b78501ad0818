import Foundations
package import Model
package import Sniffing

/// Which assets a cleanup takes, and which it leaves whatever the rest says.
package struct CleanupRules: Sendable {
  /// Taken are those that came longer ago.
  package var olderThan: Duration?
  /// Taken are the oldest, until no more bytes than this are left.
  package var mostBytes: Int64?
  package var sources: Set<AssetSource> = []
  package var kinds: Set<ContentKind> = []
  package var user: String?
  /// Left are those with any of these tags.
  package var keptTags: Set<String> = []
  package var keepsFavourites = true
  /// Left are those with as many stars or more.
  package var leastKeptRating: Int? = 4

  /// Takes nothing yet.
  package init() {}

  var filter: AssetFilter {
    var filter = AssetFilter()
    filter.sources = sources
    filter.kinds = kinds
    filter.user = user
    return filter
  }

  /// Whether an asset is left for what people said of it.
  func keeps(_ asset: Asset) -> Bool {
    if keepsFavourites, asset.notes.isFavourite { return true }
    if let rating = asset.notes.rating, let least = leastKeptRating, rating >= least { return true }
    return asset.notes.tags.contains { keptTags.contains($0) }
  }
}
