/// One frame of a film as it was and as it became, as pictures that every browser shows.
package struct FramePair: Sendable {
  /// Its number in the film.
  package let frame: Int
  /// Its score; nil where it was not measured.
  package let score: Double?
  /// JPEG files of the same size.
  package let source: [UInt8]
  package let encode: [UInt8]
  package let width: Int
  package let height: Int
  /// Whether its light was brought down to what an ordinary screen shows.
  package let isToneMapped: Bool

  /// A pair by its parts.
  package init(
    frame: Int, score: Double?, source: [UInt8], encode: [UInt8], width: Int, height: Int,
    isToneMapped: Bool
  ) {
    self.frame = frame
    self.score = score
    self.source = source
    self.encode = encode
    self.width = width
    self.height = height
    self.isToneMapped = isToneMapped
  }
}
