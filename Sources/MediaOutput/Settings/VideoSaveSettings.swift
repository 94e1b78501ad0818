package import Foundations
package import Media

/// How frames become a film.
package struct VideoSaveSettings: Sendable {
  /// Frames a second.
  package var rate = Rational(30, 1)
  package var codec = VideoCodec.standard
  /// What the film is kept in; nil goes by the name's extension, then by the codec.
  package var container: FilmContainer?
  package var pixels = PixelSettings(rounds: false)
  /// How its sound is encoded; nil is AAC at 128 kbit/s, or Opus where the container wants that.
  package var soundCodec: AudioCodec?
  /// How often what may pass the second time is tried.
  package var attempts = 5
  /// The encoder's threads.
  package var threads = Machine.cores
  /// Options of the encoder itself, beside or in place of the codec's own.
  package var extraOptions: [(key: String, value: String)] = []
  /// Where a film goes that was given no name.
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

/// How the numbers of arrays become pixels.
package struct PixelSettings: Sendable {
  /// How many pictures of a batch lie side by side.
  package var perRow = 8
  /// Whether floats are brought from `range` to light; else they are light already, from 0 to 1.
  package var normalizes = true
  package var range: ClosedRange<Float> = -1...1
  /// Whether steps are rounded; else they are cut off.
  package var rounds: Bool

  /// The defaults of films (cut off) or pictures (rounded).
  package init(rounds: Bool) { self.rounds = rounds }

  var mapping: ValueMapping { ValueMapping(range: normalizes ? range : nil, rounds: rounds) }
}
