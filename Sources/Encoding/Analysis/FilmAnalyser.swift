package import Foundations
import Media

/// Looks at a film once, from its first frame to its last, and answers with all that is to be known
/// of it before it is encoded.
///
/// Memory stays what it is however long the film: of pictures only small ones are kept, and few.
package struct FilmAnalyser: Sendable {
  private let threads: Int

  /// An analyser whose decoder takes so many threads; it looks on a thread of its own, the caller's.
  package init(threads: Int = Machine.cores) { self.threads = max(1, threads) }

  /// Analyses a film.
  ///
  /// Blocks; raising the flag ends it. What is damaged is passed over and told.
  package func analyse(
    _ film: Film, progress: ProgressSink = .none, stop: StopFlag = StopFlag()
  ) throws -> FilmAnalysis {
    let analysis = try look(at: film, threads, progress, stop)
    // What several threads make up for damaged frames depends on which of them was quicker.
    guard analysis.isDamaged, threads > 1 else { return analysis }
    return try look(at: film, 1, progress, stop)
  }

  private func look(
    at film: Film, _ threads: Int, _ progress: ProgressSink, _ stop: StopFlag
  ) throws -> FilmAnalysis {
    let decoder = try FilmDecoder.open(film, threads: threads, stop: stop)
    var look = FilmLook(film)
    var visible = VisibleFrames(film)
    let expected = film.expectedFrames.map(Double.init)
    let gaps = try decoder.run { packet in
      look.note(packet)
    } each: { frame in
      try visible.with(frame) { look.note(frame, visible: $0) }
      if look.count.isMultiple(of: 16) {
        progress.report(ProgressUpdate(Double(look.count), of: expected, .frames, "analysing"))
      }
      return true
    }
    guard look.count > 0 else {
      throw EncodingFailure(
        .encodingNoFilm, "no frame of \(film.path) can be decoded",
        hint: "`mediary probe` looks closer")
    }
    let count = Double(look.count)
    progress.report(ProgressUpdate(count, of: count, .frames, "analysing"))
    return look.finish(gaps: gaps)
  }
}
