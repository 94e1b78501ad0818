import Glibc

/// A stream of output could not be written.
package struct OutputFailure: Failure {
  package let code: FailureCode
  package let message: String
  package let hint: String?
  package let cause: (any Error)?

  /// The failure for what the system refused; a reader that went away is a kind of its own.
  init(_ name: String, _ refusal: FileFailure) {
    let isBroken = refusal.errno == EPIPE
    code = isBroken ? .outputBroken : refusal.code
    message =
      isBroken
      ? "nobody reads \(name) any more"
      : "cannot write \(name): \(FileFailure.text(of: refusal.errno))"
    hint = isBroken ? nil : refusal.hint
    cause = refusal
  }
}

extension FailureCode {
  /// The reader of a pipe has gone.
  package static let outputBroken = FailureCode(
    "output.broken_pipe", .brokenPipe,
    "The reader of the output ended before it was all written, as 'head' does.")
}
