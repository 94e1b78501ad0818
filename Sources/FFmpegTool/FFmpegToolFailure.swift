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

  /// A program that ended badly, or was stopped.
  init(_ result: ChildResult) {
    do throws(ProcessFailure) {
      try result.requireSuccess()
      self.init(.toolNonsense, "\(result.tool) ended well, and nothing came of it")
    } catch {
      self.init(ended: error)
    }
  }

  /// A program that did not start.
  init(notStarted failure: ProcessFailure) {
    self.init(ended: failure)
  }

  /// A program that did nothing any more and was killed.
  init(hung result: ChildResult, patience: Duration) {
    self.init(
      .toolHung,
      "\(result.tool) did nothing for \(HumanText.clock(patience, decimals: 1)) and was killed",
      hint: Self.saying(result))
  }

  /// Films that cannot be compared.
  package init(unequal message: String, hint: String) {
    self.init(.toolUnequal, message, hint: hint)
  }

  private init(ended failure: ProcessFailure) {
    if failure.code == .stopped {
      self.init(.stopped, failure.message, cause: failure)
    } else {
      self.init(.toolFailed, failure.message, hint: failure.hint, cause: failure)
    }
  }

  /// The last lines that a program wrote to its standard error, for a hint.
  static func saying(_ result: ChildResult) -> String? {
    let lines = result.errors.lastLines(3)
    return lines.isEmpty ? nil : "it said: " + lines.joined(separator: " / ")
  }
}

extension FailureCode {
  /// The program ended badly.
  package static let toolFailed = FailureCode(
    "tool.failed", .internalError, "The program ended with an error.")
  /// The program did nothing any more.
  package static let toolHung = FailureCode(
    "tool.hung", .unavailable, "The program did nothing for so long that it was killed.")
  /// No ffmpeg that can do what is needed.
  package static let toolMissing = FailureCode(
    "tool.missing", .unavailable, "There is no ffmpeg that can do this.")
  /// The program wrote what cannot be used.
  package static let toolNonsense = FailureCode(
    "tool.nonsense", .internalError, "The program ended well, and what it wrote is of no use.")
  /// Pictures that do not go with each other.
  package static let toolUnequal = FailureCode(
    "tool.unequal", .usage, "What is to be compared has not the same size or number of frames.")
  /// A parameter that the encoder does not have.
  package static let toolUnknownParameter = FailureCode(
    "tool.unknown_parameter", .usage, "The encoder has no such parameter, or not such a value.")
}
