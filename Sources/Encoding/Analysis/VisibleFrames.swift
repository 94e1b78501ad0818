import Media

/// Makes frames such that their luma can be looked at, where it lies otherwise: RGB, packed pixels.
struct VisibleFrames: ~Copyable {
  private let film: Film
  private var shaper: FrameShaper?

  init(_ film: Film) { self.film = film }

  /// Calls `body` with the frame, or with one that shows the same.
  mutating func with(
    _ frame: borrowing VideoFrame, _ body: (borrowing VideoFrame) -> Void
  ) throws {
    guard !frame.format.hasPlaneOfLuma else { return body(frame) }
    if shaper?.takes(frame.form) != true {
      shaper = try FrameShaper.make(
        from: frame.form, to: FrameForm(area: nil, format: .yuv420p),
        timebase: film.video.timebase)
    }
    try shaper?.shape(frame) { body($0) }
  }
}
