import Media

/// The way of a film's frames, in order, into the form they are handed out in.
final class FrameShaping {
  private let film: Film
  private let form: FrameForm
  private let first: Int
  private var shaper: FrameShaper?
  private var deinterlacer: Deinterlacer?
  /// The number of the next frame that comes out of the deinterlacer.
  private var next: Int

  /// The way of the frames from a number on.
  init(_ film: Film, into form: FrameForm, from first: Int) {
    self.film = film
    self.form = form
    self.first = first
    next = first
  }

  /// Takes a frame as it was decoded.
  func take(
    _ frame: borrowing VideoFrame, _ number: Int, each: (Int, borrowing VideoFrame) throws -> Void
  ) throws {
    if number == first { try begin(frame.form, number) }
    guard shaper?.takes(frame.form) == true else { throw changes(frame.form, number) }
    guard form.deinterlaces else {
      try shaper?.shape(frame) { try each(number, $0) }
      return
    }
    try deinterlacer?.take(frame) { try handOn($0, each) }
  }

  /// The film ends here.
  func finish(each: (Int, borrowing VideoFrame) throws -> Void) throws {
    try deinterlacer?.finish { try handOn($0, each) }
  }

  private func begin(_ source: PictureForm, _ number: Int) throws {
    let told = film.video.video
    // What encodes them was told of pictures so large.
    guard told?.width == source.width, told?.height == source.height else {
      throw changes(source, number)
    }
    let timebase = film.video.timebase
    shaper = try FrameShaper.make(from: source, to: form, timebase: timebase)
    if form.deinterlaces { deinterlacer = try .make(for: source, timebase: timebase) }
  }

  private func handOn(
    _ frame: borrowing VideoFrame, _ each: (Int, borrowing VideoFrame) throws -> Void
  ) throws {
    let number = next
    next += 1
    try shaper?.shape(frame) { try each(number, $0) }
  }

  private func changes(_ form: PictureForm, _ number: Int) -> EncodingFailure {
    .pictureChanges(film, "\(form)", number)
  }
}

extension EncodingFailure {
  /// Pictures that are not like the first.
  static func pictureChanges(
    _ film: Film, _ pictures: String, _ frame: Int, at time: String = ""
  ) -> EncodingFailure {
    EncodingFailure(
      .encodingPictureChanges,
      "the pictures of \(film.path) become \(pictures) at frame \(frame)\(time)",
      hint: "a film is encoded in one size and format: cut the file there, and encode the parts")
  }
}
