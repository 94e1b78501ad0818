/// An error that no module of ours made, brought into the common shape at an edge.
package struct UnexpectedFailure: Failure {
  package let code = FailureCode.unexpected
  package let message: String
  package let hint: String?
  package let cause: (any Error)?

  /// Wraps any error; one that already is a failure should be used as it is (`asFailure`).
  package init(_ error: any Error) {
    message = "unexpected error: \(error)"
    hint = "this is a defect of mediary; please report it with the command that led here"
    cause = error
  }
}

extension Error {
  /// This error as a failure: itself, or wrapped so that it has a code.
  package var asFailure: any Failure {
    if let failure = self as? any Failure { return failure }
    if self is CancellationError { return StoppedFailure(.cancelled) }
    return UnexpectedFailure(self)
  }
}

extension FailureCode {
  /// An error reached an edge without a code of ours.
  package static let unexpected = FailureCode(
    "internal.unexpected", .internalError, "An error that should have been foreseen; report it.")
}
