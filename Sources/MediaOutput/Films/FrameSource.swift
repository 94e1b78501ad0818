package import Media

/// Frames that come one after the other, from wherever they are.
///
/// Called from one thread at a time. A film is never held as a whole.
package protocol FrameSource: AnyObject, Sendable {
  /// How many frames there will be, where that is known.
  var count: Int? { get }
  /// The next frame, nil at the end; numbers are brought into the form wished for, frames that have
  /// one already come as they are.
  func next(_ wish: FrameWish) throws -> VideoFrame?
  /// Begins again with the first frame; false where that cannot be.
  func rewind() -> Bool
}

/// What frames made of numbers should be.
package struct FrameWish: Sendable {
  /// Whether more than 8 bits of a number can be used.
  package var isDeep = false
  /// Whether numbers are kept as floats, beyond white too.
  package var keepsFloats = false
  /// What their red, green and blue mean.
  package var colour = Colour.bt709RGB
  /// Whether one channel stays one; else it becomes red, green and blue.
  package var keepsGray = false
  package var pixels: PixelSettings

  /// 8 bits of what the settings make of numbers.
  package init(pixels: PixelSettings) { self.pixels = pixels }
}
