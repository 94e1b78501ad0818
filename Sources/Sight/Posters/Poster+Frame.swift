package import Media

extension Poster {
  /// A frame that somebody has, made as a poster is: upright, with square pixels, in sRGB, its
  /// longer side at most so long.
  package static func make(
    of frame: borrowing VideoFrame, aspect: Rational?, orientation: Orientation, within side: Int
  ) throws -> VideoFrame {
    try PosterForm(frame.form, frame.sampleAspect ?? aspect).make(
      frame, within: side, orientation: orientation, isPicture: false)
  }
}
