import Foundations
import Model

extension ValueKind {
  /// The id of a thing in the library.
  static func id<Tag: SendableMetatype>(_ type: EntityID<Tag>.Type = EntityID<Tag>.self) -> Self
  where Value == EntityID<Tag> {
    let noun = Tag.noun
    let article = "aeiou".contains(noun.first ?? " ") ? "an" : "a"
    return .own(
      "ID",
      "the id of \(article) \(noun), which has up to \(EntityID<Tag>.longest) letters, digits, -, _ "
        + "and ., and no dot first"
    ) { try? EntityID<Tag>($0) }
  }
}
