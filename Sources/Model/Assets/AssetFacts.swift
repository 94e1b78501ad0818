package import Media
package import Sniffing

/// What the bytes of an asset say of themselves, never a name or a header.
package struct AssetFacts: Sendable, Equatable {
  package var kind: ContentKind
  /// The extension of such files: "mp4".
  package var format: String
  package var mimeType: String
  /// Whether it could be looked into; a file that could not is kept all the same.
  package var isReadable = true
  /// As it is shown, after rotation.
  package var width: Int?
  package var height: Int?
  package var durationSeconds: Double?
  package var frameRate: Rational?
  package var codec: String?
  package var bitrate: Int?
  package var audioCodec: String?
  package var channels: Int?
  package var sampleRate: Int?
  /// Degrees clockwise.
  package var rotation: Int?
  /// "HDR10", "HLG", "Dolby Vision"; nil for what is not.
  package var dynamicRange: String?
  /// What it looks like, for finding its like.
  package var likeness: Likeness?

  /// The facts of content of which only the type is known.
  package init(kind: ContentKind, format: String, mimeType: String) {
    self.kind = kind
    self.format = format
    self.mimeType = mimeType
  }

  /// "1280x720".
  package var resolution: String? {
    guard let width, let height else { return nil }
    return "\(width)x\(height)"
  }

  /// The sides in lowest terms: "16:9".
  package var aspectRatio: String? {
    guard let width, let height, width > 0, height > 0 else { return nil }
    return Rational(width, height).reduced.ratio
  }
}
