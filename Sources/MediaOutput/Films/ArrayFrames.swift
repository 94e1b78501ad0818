import Foundations
package import Media
import Synchronization

/// The frames of an array.
package final class ArrayFrames: FrameSource {
  private let array: PixelArray
  private let layout: PixelLayout
  private let place = Mutex(0)
  private let frames: Int
  /// The number of the first frame, for messages: a picture may be one of a stream's frames.
  private let number: Int

  /// The frames of an array, told by its layout or, without one, by where channels can be.
  package init(film array: PixelArray, layout: PixelLayout? = nil) throws(MediaOutputFailure) {
    self.array = array
    self.layout = try Self.checked(layout ?? PixelLayout.ofFilm(array.shape), array)
    frames = array.length(of: "T", in: self.layout)
    number = 0
  }

  /// The picture, or batch of pictures, of an array, which may be a stream's frame of a number.
  package init(
    picture array: PixelArray, layout: PixelLayout? = nil, number: Int = 0
  ) throws(MediaOutputFailure) {
    self.number = number
    self.array = array
    self.layout = try Self.checked(layout ?? PixelLayout.ofPicture(array.shape), array)
    frames = array.length(of: "T", in: self.layout)
    guard frames == 1 else {
      throw MediaOutputFailure(
        .outputBadShape, "an array of \(frames) frames is a film and no picture",
        hint: "write it as a video, or take one frame of it")
    }
  }

  private static func checked(
    _ layout: PixelLayout?, _ array: PixelArray
  ) throws(MediaOutputFailure) -> PixelLayout {
    guard let layout, layout.axes.count == array.shape.count else {
      throw MediaOutputFailure(
        .outputBadShape,
        "an array of shape \(array.shape) "
          + (layout.map { "is not \($0)" } ?? "has no known layout"),
        hint: "give its layout, such as THWC or CTHW; one axis must be 1, 3 or 4 channels")
    }
    let channels = array.length(of: "C", in: layout)
    guard [1, 3, 4].contains(channels) else {
      throw MediaOutputFailure(
        .outputBadShape, "an array of shape \(array.shape) as \(layout) has \(channels) channels",
        hint: "pictures have 1 (gray), 3 (RGB) or 4 (RGBA)")
    }
    for axis in "BHW" where array.length(of: axis, in: layout) == 0 {
      throw MediaOutputFailure(
        .outputBadShape, "an array of shape \(array.shape) as \(layout) has no pixels")
    }
    return layout
  }

  package var count: Int? { frames }

  package func rewind() -> Bool {
    place.withLock { $0 = 0 }
    return true
  }

  package func next(_ wish: FrameWish) throws -> VideoFrame? {
    let index = place.withLock { place in
      defer { place += 1 }
      return place
    }
    guard index < frames else { return nil }
    return try frame(index, wish)
  }

  private func frame(_ index: Int, _ wish: FrameWish) throws -> VideoFrame {
    let view = try array.view(frame: index, layout: layout)
    do {
      return try wish.keepsFloats ? floats(view, wish) : steps(view, wish)
    } catch let bad as BadValue {
      let place =
        "frame \(number + index), row \(bad.row), column \(bad.column), channel \(bad.channel)"
      let isFloat = view.element.isFloat
      throw MediaOutputFailure(
        .outputBadValue, "the value at \(place) is \(bad.value)",
        hint: isFloat
          ? "replace what is not a number before writing (nan_to_num)"
          : "whole numbers are steps from 0 to 255; save them as uint8 or uint16")
    }
  }

  private func floats(_ view: PixelView, _ wish: FrameWish) throws -> VideoFrame {
    try VideoFrame.floats(
      from: view, colour: wish.colour, mapping: wish.pixels.mapping, perRow: wish.pixels.perRow)
  }

  private func steps(_ view: PixelView, _ wish: FrameWish) throws -> VideoFrame {
    // More bits than eight are used where the numbers have them.
    let isDeep = wish.isDeep && (view.element.isFloat || view.element == .uint16)
    let format: PixelFormat =
      switch view.channels {
      case 1 where wish.keepsGray && view.pictures == 1: isDeep ? .gray16 : .gray8
      case 4: isDeep ? .rgba64 : .rgba
      default: isDeep ? .rgb48 : .rgb24
      }
    let isGray = format == .gray8 || format == .gray16
    return try VideoFrame.make(
      from: view, format: format, colour: isGray ? .gray : wish.colour,
      mapping: wish.pixels.mapping, perRow: wish.pixels.perRow)
  }
}
