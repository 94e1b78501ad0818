import Foundations

/// What is asked of another machine, and how long that may take.
package struct HTTPRequest: Sendable {
  /// What is to be done with what stands at the address.
  package enum Method: String, Sendable, CaseIterable {
    case get = "GET"
    case head = "HEAD"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
  }

  /// How long it may take, and how much may come back.
  package struct Limits: Sendable, Hashable {
    /// Until there is a connection, with its encryption.
    package var connect = Duration.seconds(10)
    /// Without a byte going or coming.
    package var idle = Duration.seconds(30)
    /// The whole of it.
    package var whole = Duration.seconds(120)
    /// How many bytes the answer's body may have.
    package var body = 16 << 20
    /// How often it may be told to look elsewhere; from an encrypted address only to another.
    package var redirects = 0

    /// The defaults; no redirects.
    package init() {}
  }

  package var method: Method
  package var address: HTTPAddress
  package var headers: [HTTPHeader] = []
  /// Sent as it is; empty for nothing.
  package var body: [UInt8] = []
  package var limits = Limits()

  /// A request without headers or body.
  package init(_ method: Method, _ address: HTTPAddress) {
    self.method = method
    self.address = address
  }
}
