/// A child process that could not be started, was stopped, or ended badly.
package struct ProcessFailure: Failure {
  package let code: FailureCode
  package let message: String
  package let hint: String?
  package let cause: (any Error)?
  /// How the process ended, if it was ever started.
  package let ending: ChildEnding?
  /// The last lines of its standard error, oldest first.
  package let lastLines: [String]

  /// A failure to start, or to talk to, a child.
  init(_ code: FailureCode, _ message: String, hint: String? = nil, cause: (any Error)? = nil) {
    self.code = code
    self.message = message
    self.hint = hint
    self.cause = cause
    ending = nil
    lastLines = []
  }

  /// What explains a result that is no success.
  init(_ result: ChildResult) {
    let tool = result.tool
    ending = result.ending
    lastLines = result.errors.lastLines(20)
    switch result.stopped {
    case .asked(let reason):
      let stopped = StoppedFailure(reason)
      (code, message) = (.stopped, "\(tool) was stopped: \(stopped.message)")
      (hint, cause) = (nil, stopped)
      return
    case .deadline:
      (code, message) = (.processDeadline, "\(tool) took longer than it was given and was stopped")
      hint = "give it more time, or smaller work"
    case .outputLimit(let stream):
      (code, message) = (.processOutputLimit, "\(tool) wrote too much to its \(stream.words)")
      hint = nil
    case nil:
      let words = Self.lastWords(of: lastLines)
      (code, message) = (
        Self.code(for: result.ending),
        "\(tool) \(result.ending)" + (words.isEmpty ? "" : ": \(words)")
      )
      hint = nil
    }
    cause = nil
  }

  private static func code(for ending: ChildEnding) -> FailureCode {
    switch ending {
    case .exited: .processFailed
    case .signalled: .processKilled
    case .unknown: .processLost
    }
  }

  /// The last three lines, in a length that fits a message.
  private static func lastWords(of lines: [String]) -> String {
    lines.suffix(3).map { line in
      line.count > 200 ? "\(line.prefix(200))…" : line
    }.joined(separator: " / ")
  }
}

extension ChildStream {
  fileprivate var words: String {
    switch self {
    case .output: "standard output"
    case .errors: "standard error"
    }
  }
}

extension FailureCode {
  /// No such program.
  package static let processNotFound = FailureCode(
    "process.not_found", .configuration, "A program is not where it was looked for.")
  /// A file that cannot be run.
  package static let processNotExecutable = FailureCode(
    "process.not_executable", .configuration, "A file was named as a program that cannot be run.")
  /// No such working folder.
  package static let processBadFolder = FailureCode(
    "process.bad_folder", .notFound,
    "A program's working folder is not there or may not be entered.")
  /// An argument or variable that the system cannot pass on.
  package static let processBadArgument = FailureCode(
    "process.bad_argument", .usage,
    "An argument or a variable for a program is too long or holds a forbidden byte.")
  /// No room for another process.
  package static let processExhausted = FailureCode(
    "process.exhausted", .unavailable,
    "No more processes, descriptors or memory to start a program with.")
  /// The start failed otherwise.
  package static let processNotStarted = FailureCode(
    "process.not_started", .internalError, "The system refused to start a program.")
  /// A status other than 0.
  package static let processFailed = FailureCode(
    "process.failed", .internalError, "A program ended with an error of its own.")
  /// Ended by a signal.
  package static let processKilled = FailureCode(
    "process.killed", .unavailable, "A program crashed, or something other than mediary killed it.")
  /// The status was taken.
  package static let processLost = FailureCode(
    "process.lost", .internalError, "A program ended, and something else took its exit status.")
  /// Its own deadline passed.
  package static let processDeadline = FailureCode(
    "process.deadline", .unavailable, "A program took longer than it was given and was stopped.")
  /// Too much output.
  package static let processOutputLimit = FailureCode(
    "process.output_limit", .internalError, "A program wrote more than allowed and was killed.")
  /// It no longer reads.
  package static let processInputClosed = FailureCode(
    "process.input_closed", .unavailable,
    "A program ended, or closed its input, before it had read all.")
}
