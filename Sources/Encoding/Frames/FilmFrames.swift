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
    guard form.deinterlaces else {
      let shaping = FrameShaping(film, into: form, from: frames.lowerBound)
      return try decode(frames, every: step, stop) { number, frame in
        try shaping.take(frame, number, each: each)
      }
    }
    // Whole pictures lean on their neighbours.
    let count = analysis.table.count
    let wide = max(0, frames.lowerBound - 1)..<min(count, frames.upperBound + 1)
    let shaping = FrameShaping(film, into: form, from: wide.lowerBound)
    func hand(_ number: Int, _ frame: borrowing VideoFrame) throws {
      guard frames.contains(number), (number - frames.lowerBound).isMultiple(of: step) else {
        return
      }
      try each(number, frame)
    }
    try decode(wide, every: 1, stop) { number, frame in
      try shaping.take(frame, number) { try hand($0, $1) }
    }
    if frames.upperBound == count { try shaping.finish { try hand($0, $1) } }
  }

  /// Hands out frames as they were decoded.
  private func decode(
    _ frames: Range<Int>, every step: Int, _ stop: StopFlag,
    _ each: (Int, borrowing VideoFrame) throws -> Void
  ) throws {
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
    _ = try decoder.run { frame in
      switch reading.take(frame) {
      case .pass: return true
      case .lost: return false
      case .hand(let number):
        try each(number, frame)
        reading.advance()
        return !reading.isDone
      }
    }
  }
}
