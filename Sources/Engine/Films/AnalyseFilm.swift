package import Encoding
package import Foundations

/// The use case behind `mediary scenes` and `mediary crop`: one decode of a film, and what it shows.
///
/// What was found is kept by the film's content, so that asking again decodes nothing.
package struct AnalyseFilm: Sendable {
  private let threads: Int
  private let store: AnalysisStore

  /// Decodes with so many threads.
  package init(_ places: EncodingPlaces, threads: Int) {
    self.threads = threads
    store = AnalysisStore(folder: places.analyses)
  }

  /// Opens a file and looks at its film from the first frame to the last, unless that was done
  /// before.
  package func run(
    _ path: FilePath, progress: ProgressSink, stop: StopFlag
  ) throws -> (film: Film, analysis: FilmAnalysis) {
    let film = try Film.open(path, stop: stop)
    let analysis = try store.analysis(
      of: film, by: FilmAnalyser(threads: threads), progress: progress, stop: stop)
    return (film, analysis)
  }
}
