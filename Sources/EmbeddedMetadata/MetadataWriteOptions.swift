/// Where metadata are written, and how carefully.
package struct MetadataWriteOptions: Sendable {
  /// The places that metadata can have.
  package enum Placement: String, Sendable, CaseIterable {
    /// In the file; beside it where the format or a signature leaves no other place.
    case embedded
    /// In `<stem>.json` beside the file.
    case sidecar
    /// In both.
    case both
    /// Nowhere.
    case none
  }

  /// Where they go.
  package var placement: Placement
  /// Whether they are read back before the new file takes the old one's place.
  package var verify: Bool
  /// The pictures a film was made from; nil leaves those that are in it.
  package var pictures: [EmbeddedPicture]?

  /// In the file and verified, unless told otherwise.
  package init(
    placement: Placement = .embedded, verify: Bool = true, pictures: [EmbeddedPicture]? = nil
  ) {
    self.placement = placement
    self.verify = verify
    self.pictures = pictures
  }
}
