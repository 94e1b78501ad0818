/// What a picture is made of: its size, how its samples lie, and what they mean as colours.
package struct PictureForm: Sendable, Hashable, CustomStringConvertible {
  /// The width in pixels.
  package var width: Int
  /// The height in pixels.
  package var height: Int
  /// How samples lie in memory.
  package var format: PixelFormat
  /// What they mean as colours.
  package var colour: Colour

  /// A form by its parts.
  package init(width: Int, height: Int, format: PixelFormat, colour: Colour) {
    self.width = width
    self.height = height
    self.format = format
    self.colour = colour
  }

  /// "1920x1080 yuv420p".
  package var description: String { "\(width)x\(height) \(format.name)" }
}
