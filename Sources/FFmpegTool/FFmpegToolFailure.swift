package import Foundations

/// Something that ffmpeg as a child process could not do.
package struct FFmpegToolFailure: Failure {
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
  /// No ffmpeg that can do what is needed.
  package static let toolMissing = FailureCode(
    "tool.missing", .unavailable, "There is no ffmpeg that can do this.")
  /// A parameter that the encoder does not have.
  package static let toolUnknownParameter = FailureCode(
    "tool.unknown_parameter", .usage, "The encoder has no such parameter, or not such a value.")
  /// The program ended badly.
  package static let toolFailed = FailureCode(
    "tool.failed", .internalError, "The program ended with an error.")
  /// The program wrote what cannot be used.
  package static let toolNonsense = FailureCode(
    "tool.nonsense", .internalError, "The program ended well, and what it wrote is of no use.")
}
