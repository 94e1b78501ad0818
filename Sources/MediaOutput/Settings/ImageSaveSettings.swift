package import Foundations

/// How numbers become a picture.
package struct ImageSaveSettings: Sendable {
  package var codec = ImageCodec.standard
  package var pixels = PixelSettings(rounds: true)
  /// How often what may pass the second time is tried.
  package var attempts = 5
  /// Where a picture goes that was given no name.
  package var temporaryFolder: FilePath = "/tmp"
  /// How it was made, to be written with it.
  package var metadata: SaveMetadata?
  /// Whether a name whose extension does not fit is refused rather than mended.
  package var isStrict = false

  /// The defaults.
  package init() {}

  /// A copy with a change, so that one caller's wish leaves a shared default as it is.
  package func with(_ change: (inout Self) throws -> Void) rethrows -> Self {
    var copy = self
    try change(&copy)
    return copy
  }
}
