/// What a container and its codec say of a video or picture stream.
package struct VideoDescription: Sendable {
  /// The size of the coded picture in pixels, before rotation and aspect.
  package let width: Int
  /// The size of the coded picture in pixels, before rotation and aspect.
  package let height: Int
  /// How samples lie, nil where nothing is known before decoding.
  package let pixelFormat: PixelFormat?
  /// Bits a sample, as coded.
  package let bitDepth: Int?
  /// What the numbers mean as colours.
  package let colour: Colour
  /// The width of a pixel over its height, nil where nothing is said (square, by custom).
  package let sampleAspect: Rational?
  /// How the lines of a frame were taken.
  package let fieldOrder: FieldOrder?
  /// Frames over time, on the whole.
  package let averageFrameRate: Rational?
  /// The least rate that all timestamps can be told in.
  package let baseFrameRate: Rational?
  /// The rate to call it by: libav's choice between the two.
  package let frameRate: Rational?
  /// How the picture is to be turned and mirrored before it is shown.
  package let orientation: Orientation
  /// The mastering display, if the container or the first frame tells it.
  package internal(set) var masteringDisplay: MasteringDisplay?
  /// The light levels of the content, if the container or the first frame tells them.
  package internal(set) var lightLevel: ContentLightLevel?
  /// Whether the first frame carries HDR10+ data; nil where no frame was looked at.
  package internal(set) var hasHDR10Plus: Bool?
  /// The Dolby Vision record, if there is one.
  package let dolbyVision: DolbyVision?
  /// "side by side" and the like for stereoscopic video, nil for the usual kind.
  package let stereo3D: String?
  /// "equirectangular" and the like for video all around, nil for the usual kind.
  package let projection: String?

  /// How large the picture is on a screen of square pixels: turned, and widened by its aspect.
  package var displaySize: (width: Int, height: Int) {
    var wide = width
    if let aspect = sampleAspect, aspect.numerator != aspect.denominator, aspect.denominator > 0 {
      wide = Int((Double(width) * Double(aspect.numerator) / Double(aspect.denominator)).rounded())
    }
    return orientation.swapsSides ? (height, wide) : (wide, height)
  }

  /// Width over height on the screen, exact and in lowest terms.
  package var displayAspect: Rational? {
    guard width > 0, height > 0 else { return nil }
    let pixel = sampleAspect ?? Rational(1, 1)
    let (wide, overflow) = width.multipliedReportingOverflow(by: pixel.numerator)
    let (high, overflowToo) = height.multipliedReportingOverflow(by: pixel.denominator)
    guard !overflow, !overflowToo, wide > 0, high > 0 else { return nil }
    let aspect = Rational(wide, high).reduced
    return orientation.swapsSides ? aspect.inverted : aspect
  }
}

/// How the lines of a frame were taken: all at once, or every other one.
package enum FieldOrder: String, Sendable {
  case progressive
  /// Top field coded and shown first.
  case topFirst = "tt"
  /// Bottom field coded and shown first.
  case bottomFirst = "bb"
  /// Top field coded first, bottom shown first.
  case topCodedBottomShown = "tb"
  /// Bottom field coded first, top shown first.
  case bottomCodedTopShown = "bt"

  /// Whether fields were taken at different times.
  package var isInterlaced: Bool { self != .progressive }
}

/// How a picture is to be turned and mirrored before it is shown.
package struct Orientation: Sendable, Hashable {
  /// Degrees clockwise, from 0 up to 359.
  package let rotation: Int
  /// Whether it is mirrored left to right before it is turned.
  package let isMirrored: Bool

  /// As it is.
  package static let upright = Orientation(rotation: 0, isMirrored: false)

  /// A turn clockwise, after mirroring.
  package init(rotation: Int, isMirrored: Bool = false) {
    self.rotation = ((rotation % 360) + 360) % 360
    self.isMirrored = isMirrored
  }

  /// Whether width and height change places.
  package var swapsSides: Bool { rotation % 180 == 90 }
}
