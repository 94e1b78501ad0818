package import Foundations

/// Something that another machine did not do over HTTP.
///
/// Addresses stand in it as `HTTPAddress` shows them, without secrets.
package struct HTTPFailure: RetryAdvising {
  package let code: FailureCode
  package let message: String
  package let hint: String?
  package let cause: (any Error)?
  package let retryAfter: Duration?

  init(
    _ code: FailureCode, _ message: String, hint: String? = nil, cause: (any Error)? = nil,
    retryAfter: Duration? = nil
  ) {
    self.code = code
    self.message = message
    self.hint = hint
    self.cause = cause
    self.retryAfter = retryAfter
  }

  /// An address that is one, and not of the kind that is needed.
  package init(badAddress message: String, hint: String) {
    self.init(.httpBadURL, message, hint: hint)
  }

  /// The work was told to stop.
  init(stopped failure: StoppedFailure) {
    self.init(failure.code, failure.message, cause: failure)
  }
}

extension FailureCode {
  /// No address that a request can go to.
  package static let httpBadURL = FailureCode(
    "http.bad_url", .usage, "That is no address of the form http:// or https://.")
  /// A header that would break the request apart.
  package static let httpBadHeader = FailureCode(
    "http.bad_header", .usage, "A header's name or value holds characters that it must not.")
  /// No library to speak HTTP with.
  package static let httpLibraryMissing = FailureCode(
    "http.library_missing", .configuration, "libcurl is missing, or too old.")
  /// A name that no name server knows.
  package static let httpUnresolved = FailureCode(
    "http.unresolved", .unavailable, "The name of the other machine could not be looked up.")
  /// Nobody listens.
  package static let httpRefused = FailureCode(
    "http.refused", .unavailable, "No connection to the other machine could be made.")
  /// It took too long.
  package static let httpTimeout = FailureCode(
    "http.timeout", .unavailable, "The other machine took longer than it was given.")
  /// The connection ended in the midst of it.
  package static let httpBroken = FailureCode(
    "http.broken", .unavailable, "The connection ended before the answer was whole.")
  /// The other side is not who it says, or there is no common ground.
  package static let httpTLS = FailureCode(
    "http.tls", .denied, "The other machine could not be shown to be the one it should be.")
  /// More than is taken.
  package static let httpTooLarge = FailureCode(
    "http.too_large", .badMedia, "The answer is larger than is taken.")
  /// An answer that nothing can be made of.
  package static let httpBadAnswer = FailureCode(
    "http.bad_answer", .internalError,
    "What came back is no HTTP, leads elsewhere too often, or to where it must not.")
  /// The other machine says no.
  package static let httpStatus = FailureCode(
    "http.status", .denied, "The other machine answered that it will not do it.")
  /// The other machine cannot now.
  package static let httpBusy = FailureCode(
    "http.busy", .unavailable, "The other machine answered that it cannot do it now.")
}
