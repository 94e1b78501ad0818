package import Foundations
package import Media

/// The frames of a film by their numbers, in the form they are encoded in.
///
/// Each frame that is handed out is the very one that was analysed: it is known by its digest. What
/// containers, seeks and timestamps say is only believed until it is found wrong; then the film is
/// decoded from its beginning, and the frames are counted.
package struct FilmFrames: Sendable {
  let film: Film
  private let analysis: FilmAnalysis
  private let threads: Int
  /// The form in which frames are handed out.
  package let form: FrameForm

  /// The frames of a film that was analysed.
  package init(_ film: Film, _ analysis: FilmAnalysis, as form: FrameForm, threads: Int = 1) {
    self.film = film
    self.analysis = analysis
    self.form = form
    // By one thread, as a damaged film was analysed: its frames come out the same only so.
    self.threads = analysis.isDamaged ? 1 : threads
  }

  /// Hands out frames in their order, each with its number; `step` above 1 takes every so-manieth,
  /// from the first on.
  ///
  /// Blocks. What `each` throws ends it.
  package func read(
    _ frames: Range<Int>, every step: Int = 1, stop: StopFlag = StopFlag(),
    each: (Int, borrowing VideoFrame) throws -> Void
  ) throws {
    precondition(step > 0, "frames go forwards")
    precondition(
      frames.lowerBound >= 0 && frames.upperBound <= analysis.table.count,
      "frames are within the film")
    guard !frames.isEmpty else { return }
    var reading = FrameReading(frames, every: step, analysis)
    if let entry = analysis.table.entry(before: frames.lowerBound), entry.frame > 0 {
      try run(from: entry, &reading, stop, each)
      if reading.isDone { return }
    }
    try run(from: nil, &reading, stop, each)
    guard reading.isDone else {
      throw EncodingFailure(
        .encodingFilmChanged,
        "frame \(reading.next) of \(film.path) is no longer what it was when it was analysed",
        hint: "the file was changed meanwhile, or its disk reads it wrongly")
    }
  }

  /// Reads on from a place until all is done, or the place turns out to be a wrong one.
  private func run(
    from entry: FrameTable.Entry?, _ reading: inout FrameReading, _ stop: StopFlag,
    _ each: (Int, borrowing VideoFrame) throws -> Void
  ) throws {
    let decoder = try FilmDecoder.open(film, threads: threads, stop: stop)
    if let entry {
      do { try decoder.seek(to: entry.ticks) } catch {
        try stop.check()
        return
      }
    }
    reading.begin(at: entry)
    var shaper: FrameShaper?
    _ = try decoder.run { frame in
      switch reading.take(frame) {
      case .pass: return true
      case .lost: return false
      case .hand(let number):
        if shaper == nil {
          shaper = try FrameShaper.make(
            from: frame.form, to: form, timebase: film.video.timebase)
        }
        guard shaper?.takes(frame.form) == true else { throw changes(frame.form, number) }
        try shaper?.shape(frame) { try each(number, $0) }
        reading.advance()
        return !reading.isDone
      }
    }
  }

  private func changes(_ form: PictureForm, _ number: Int) -> EncodingFailure {
    EncodingFailure(
      .encodingPictureChanges,
      "the pictures of \(film.path) become \(form) at frame \(number)",
      hint: "a film is encoded in one size and format; cut the file there first")
  }
}
