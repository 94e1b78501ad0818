import HTTPClient

/// A way on which notices go out.
protocol NoticeChannel: Sendable {
  /// What it is called in a warning; without secrets.
  var name: String { get }
  /// The request that carries a notice.
  func request(for notice: SentNotice) throws(HTTPFailure) -> HTTPRequest
}
