package import Foundations

/// What people say of an asset.
package struct AssetNotes: Sendable, Equatable {
  /// Sorted, each once.
  package private(set) var tags: [String] = []
  package var text: String?
  /// One to five stars.
  package private(set) var rating: Int?
  package var isFavourite = false
  /// Anything else, as a JSON object.
  package var extra = JSONObject()

  /// Nothing was said.
  package init() {}

  /// Changes the tags; blanks around them and doubles go.
  package mutating func setTags(_ tags: some Sequence<String>) throws(ModelFailure) {
    var found: Set<String> = []
    for tag in tags {
      let trimmed = tag.trimmed
      guard (1...100).contains(trimmed.utf8.count), !trimmed.utf8.contains(0) else {
        throw ModelFailure(.modelBadValue, "a tag has from 1 to 100 bytes")
      }
      found.insert(trimmed)
    }
    guard found.count <= 100 else {
      throw ModelFailure(.modelBadValue, "an asset has up to 100 tags, not \(found.count)")
    }
    self.tags = found.sorted()
  }

  /// Changes the rating; nil takes it away.
  package mutating func setRating(_ rating: Int?) throws(ModelFailure) {
    guard rating.map({ (1...5).contains($0) }) ?? true else {
      throw ModelFailure(.modelBadValue, "a rating is from 1 to 5, or none")
    }
    self.rating = rating
  }
}

extension String {
  fileprivate var trimmed: String {
    let start = drop { $0.isWhitespace }
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...last])
  }
}

/// A change of what people say of an asset; what is nil stays as it is.
package struct AssetChange: Sendable, Equatable {
  package var name: String?
  package var user: String?
  package var tags: [String]?
  package var text: String?
  /// 0 takes the rating away.
  package var rating: Int?
  package var isFavourite: Bool?
  /// Members to set; null takes one away.
  package var extra: JSONObject?

  /// Nothing changes.
  package init() {}

  /// The asset with the change made.
  package func applied(to asset: Asset) throws(ModelFailure) -> Asset {
    var asset = asset
    if let name {
      guard (1...1_000).contains(name.utf8.count), !name.utf8.contains(0) else {
        throw ModelFailure(.modelBadValue, "a name has from 1 to 1000 bytes")
      }
      asset.name = name
    }
    if let user { asset.user = user }
    if let tags { try asset.notes.setTags(tags) }
    if let text { asset.notes.text = text.isEmpty ? nil : text }
    if let rating { try asset.notes.setRating(rating == 0 ? nil : rating) }
    if let isFavourite { asset.notes.isFavourite = isFavourite }
    for (key, value) in extra?.members ?? [] {
      // The absence of a member, not the value `null`, which a bare nil would be here.
      asset.notes.extra[key] = value == .null ? JSONValue?.none : value
    }
    return asset
  }
}
