package import Encoding
package import Foundations

/// The use case behind `mediary scenes` and `mediary crop`: one decode of a film, and what it shows.
package struct AnalyseFilm: Sendable {
  private let threads: Int

  /// Decodes with so many threads.
  package init(threads: Int) { self.threads = threads }

  /// Opens a file and looks at its film from the first frame to the last.
  package func run(
    _ path: FilePath, progress: ProgressSink, stop: StopFlag
  ) throws -> (film: Film, analysis: FilmAnalysis) {
    let film = try Film.open(path, stop: stop)
    let analysis = try FilmAnalyser(threads: threads).analyse(
      film, progress: progress, stop: stop)
    return (film, analysis)
  }
}
