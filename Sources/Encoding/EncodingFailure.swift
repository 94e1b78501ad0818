package import Foundations

/// Something about a film that could not be encoded as asked.
package struct EncodingFailure: Failure {
  package let code: FailureCode
  package let message: String
  package let hint: String?
  package let cause: (any Error)?

  init(_ code: FailureCode, _ message: String, hint: String? = nil, cause: (any Error)? = nil) {
    self.code = code
    self.message = message
    self.hint = hint
    self.cause = cause
  }
}

extension FailureCode {
  /// A value that an encode does not take.
  package static let encodingBadSetting = FailureCode(
    "encoding.bad_setting", .usage, "An encode takes no such setting, or not such a value.")
  /// The film is another than the one that was analysed.
  package static let encodingFilmChanged = FailureCode(
    "encoding.film_changed", .conflict, "The film is no longer what it was when it was analysed.")
  /// Pictures of more than one size or format.
  package static let encodingPictureChanges = FailureCode(
    "encoding.picture_changes", .badMedia,
    "The film's pictures change their size or format on the way.")
  /// Nothing to encode.
  package static let encodingNoFilm = FailureCode(
    "encoding.no_film", .badMedia, "There is no film in the file.")
  /// Something the file has and the output cannot hold.
  package static let encodingCannotHold = FailureCode(
    "encoding.cannot_hold", .usage, "The output's container cannot hold something of the source.")
  /// Something that must be chosen by the user first.
  package static let encodingNeedsChoice = FailureCode(
    "encoding.needs_choice", .usage, "Something would be lost, and has to be chosen first.")
  /// The output is not what it should be.
  package static let encodingCheckFailed = FailureCode(
    "encoding.check_failed", .internalError,
    "What was encoded did not pass its checks, and has not got its name.")
  /// The output cannot be as small as was asked.
  package static let encodingTooLarge = FailureCode(
    "encoding.too_large", .conflict, "What was encoded is larger than it may be.")
  /// One segment could not be encoded.
  package static let encodingPoison = FailureCode(
    "encoding.poison_segment", .internalError,
    "A segment could not be encoded, whatever was tried.")
}
