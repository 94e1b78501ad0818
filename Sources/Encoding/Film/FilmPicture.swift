/// What a film's pictures are from a frame on.
package struct FilmPicture: Sendable, Hashable {
  package let frame: Int
  package let width: Int
  package let height: Int
  /// libav's name of how samples lie.
  package let format: String

  /// Pictures by their parts.
  package init(frame: Int, width: Int, height: Int, format: String) {
    self.frame = frame
    self.width = width
    self.height = height
    self.format = format
  }

  /// "1920x1080 yuv420p".
  package var description: String { "\(width)x\(height) \(format)" }

  /// Whether the pictures are the same, wherever they begin.
  func isLike(_ other: FilmPicture) -> Bool {
    width == other.width && height == other.height && format == other.format
  }
}
