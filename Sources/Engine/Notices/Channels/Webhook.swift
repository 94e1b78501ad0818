import Foundations
import HTTPClient
import Hashing

/// An address of the user's that takes JSON.
///
/// With a secret each body is signed, so that the other side can tell that it comes from here and
/// was not changed.
struct Webhook: NoticeChannel {
  private let address: HTTPAddress
  private let secret: String?

  init(_ address: HTTPAddress, secret: String?) {
    self.address = address
    self.secret = secret
  }

  var name: String { "the webhook" }

  func request(for notice: SentNotice) throws(HTTPFailure) -> HTTPRequest {
    var request = HTTPRequest(.post, address)
    request.body = Array(notice.json.text().utf8)
    request.headers = [
      try HTTPHeader("Content-Type", "application/json"),
      try HTTPHeader("X-Mediary-Event", notice.notice.event),
      try HTTPHeader("X-Mediary-Delivery", notice.id.description),
    ]
    if let secret {
      let code = SHA256.code(of: request.body, key: Array(secret.utf8))
      request.headers.append(try HTTPHeader("X-Mediary-Signature", "sha256=\(code)"))
    }
    return request
  }
}
