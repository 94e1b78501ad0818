/// A failure that knows when trying again makes sense, such as an HTTP answer with `Retry-After`.
package protocol RetryAdvising: Failure {
  /// How long to wait at least; nil where the failure cannot say.
  var retryAfter: Duration? { get }
}

extension Error {
  /// Whether the same work may succeed later: the failure's kind is `unavailable`.
  package var mayPass: Bool { (self as? any Failure)?.kind == .unavailable }
}
