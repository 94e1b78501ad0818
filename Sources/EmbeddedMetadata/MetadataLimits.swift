/// The bounds that hold against crafted files.
enum MetadataLimits {
  /// The longest text, in bytes, packed or not.
  static let text = 16 << 20
  /// The most parts (chunks, boxes, elements, frames) of one level of a file.
  static let parts = 200_000
  /// The most clusters and pages: one a second or less, for a day.
  static let pages = 2_000_000
  /// The largest part that is held in memory: a film's index.
  static let index = 256 << 20
  /// The largest source picture.
  static let picture = 64 << 20
  /// The most source pictures.
  static let pictures = 64
  /// The most texts that are taken out of one file.
  static let texts = 1_000
}
