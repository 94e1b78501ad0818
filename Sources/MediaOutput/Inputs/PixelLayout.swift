/// Which axis of an array is what: T for frames, B for the pictures of a batch, H, W and C.
package struct PixelLayout: Sendable, Hashable, CustomStringConvertible {
  /// The axes in order, outermost first.
  let axes: [Character]

  package var description: String { String(axes) }

  private init(_ axes: String) { self.axes = Array(axes) }

  /// The layouts there are.
  package static let all = [
    "HW", "HWC", "CHW", "THW", "THWC", "TCHW", "CTHW", "BHWC", "BCHW", "BCTHW", "BTHWC", "BTCHW",
  ].map { PixelLayout($0) }

  /// The layout of a name.
  package init(named name: String) throws(MediaOutputFailure) {
    guard let layout = Self.all.first(where: { $0.description == name.uppercased() }) else {
      throw MediaOutputFailure(
        .outputUnfitting, "there is no layout \"\(name)\"",
        hint: "use " + Self.all.map(\.description).joined(separator: ", "))
    }
    self = layout
  }

  private static let channelCounts: Set<Int> = [1, 3, 4]

  /// The layout that frames of a shape have: by where 1, 3 or 4 channels can be.
  ///
  /// Where both ends could be channels it is the last, as numpy's makers have it.
  static func ofFilm(_ shape: [Int]) -> PixelLayout? {
    switch shape.count {
    case 3: isChannels(shape[2]) ? PixelLayout("HWC") : PixelLayout("THW")
    case 4 where isChannels(shape[3]): PixelLayout("THWC")
    case 4 where isChannels(shape[0]): PixelLayout("CTHW")
    case 4 where isChannels(shape[1]): PixelLayout("TCHW")
    case 5 where isChannels(shape[1]): PixelLayout("BCTHW")
    case 5 where isChannels(shape[4]): PixelLayout("BTHWC")
    case 2: PixelLayout("HW")
    default: nil
    }
  }

  /// The layout that a picture, or a batch of pictures, of a shape has.
  static func ofPicture(_ shape: [Int]) -> PixelLayout? {
    switch shape.count {
    case 2: PixelLayout("HW")
    case 3 where isChannels(shape[2]): PixelLayout("HWC")
    case 3 where isChannels(shape[0]): PixelLayout("CHW")
    case 4 where isChannels(shape[3]): PixelLayout("BHWC")
    case 4 where isChannels(shape[1]): PixelLayout("BCHW")
    default: nil
    }
  }

  private static func isChannels(_ count: Int) -> Bool { channelCounts.contains(count) }
}
