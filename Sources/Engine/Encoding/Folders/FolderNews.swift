package import Encoding
package import Foundations

/// What is told of a folder while its films are encoded.
package enum FolderNews: Sendable {
  /// What was decided before anything is encoded.
  case planned(FolderPlan)
  /// A film is begun: which of how many that are encoded, from 0.
  case began(PlannedFilm, index: Int, of: Int)
  case film(PlannedFilm, EncodeNews)
  case encoded(PlannedFilm, EncodeReport)
  case skipped(PlannedFilm, PlannedFilm.Reason)
  /// A film in whose midst the whole was ended.
  case stopped(PlannedFilm, StoppedFailure)
  /// A film that could not be encoded, or something that could not be looked at; by its name.
  case failed(String, any Failure)
}
