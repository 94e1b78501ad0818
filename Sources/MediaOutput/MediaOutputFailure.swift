package import Foundations

/// Something that could not be written, because of what was asked or what was given.
package struct MediaOutputFailure: Failure {
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
  /// No such codec key.
  package static let outputUnknownCodec = FailureCode(
    "output.unknown_codec", .usage, "There is no codec, quality or container of that name.")
  /// Codec, container and name do not go together.
  package static let outputUnfitting = FailureCode(
    "output.unfitting", .usage, "What was asked for does not go together.")
  /// An array whose shape is no picture.
  package static let outputBadShape = FailureCode(
    "output.bad_shape", .badMedia, "The array's shape or layout makes no pictures or sound.")
  /// An array with numbers that are no light or sound.
  package static let outputBadValue = FailureCode(
    "output.bad_value", .badMedia, "The array holds a number that is no light or sound.")
  /// An array file that is not what it says.
  package static let outputBadArray = FailureCode(
    "output.bad_array", .badMedia, "The file of arrays is damaged or of a kind that is not read.")
  /// Nothing to write.
  package static let outputEmpty = FailureCode(
    "output.empty", .badMedia, "There was not a single frame or sample to write.")
  /// What was written is not what should have been.
  package static let outputCheckFailed = FailureCode(
    "output.check_failed", .internalError,
    "What was written did not pass its check and was removed.")
}
