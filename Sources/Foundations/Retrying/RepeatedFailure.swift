/// Work failed as often as it was tried.
///
/// It has the code, the kind and the hint of the last failure, so that scripts that know that code
/// need not know whether there was one attempt or three.
package struct RepeatedFailure: RetryAdvising {
  /// The failure of each attempt, in order.
  package let causes: [any Error]
  package let code: FailureCode
  package let message: String
  package let hint: String?
  package let retryAfter: Duration?

  /// The last attempt's failure.
  package var cause: (any Error)? { causes.last }

  private init(_ causes: [any Error], last: any Error) {
    let failure = last.asFailure
    self.causes = causes
    code = failure.code
    message = "\(failure.message) (after \(causes.count) attempts)"
    hint = failure.hint
    retryAfter = (last as? any RetryAdvising)?.retryAfter
  }

  /// One failure for those of all attempts; that of a single one stays as it is.
  static func combining(_ failures: [any Error]) -> any Error {
    guard let last = failures.last else { preconditionFailure("nothing failed") }
    return failures.count == 1 ? last : RepeatedFailure(failures, last: last)
  }
}
