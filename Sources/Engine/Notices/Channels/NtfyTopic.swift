import Encoding
import Foundations
import HTTPClient

/// A topic of an ntfy server, which shows notices on phones and desktops.
///
/// Its protocol: a POST to the topic's address with the text as body and the rest in headers
/// (https://docs.ntfy.sh/publish/).
struct NtfyTopic: NoticeChannel {
  private static let longestName = 64
  // What is longer becomes an attachment there.
  private static let longestText = 4_000

  private let address: HTTPAddress
  private let authorization: HTTPHeader?

  init(_ text: String, token: String?) throws(HTTPFailure) {
    // Whoever knows the topic can read it and write to it.
    address = try HTTPAddress(text, isSecret: true)
    let path = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard path.count > 3, let topic = path.last, (1...Self.longestName).contains(topic.count),
      topic.allSatisfy(Self.isOfTopic)
    else {
      throw HTTPFailure(
        badAddress: "the address names no topic",
        hint: "it looks like https://ntfy.sh/my-topic, with letters, digits, - and _")
    }
    authorization = try token.map { token throws(HTTPFailure) in
      try HTTPHeader("Authorization", "Bearer \(token)")
    }
  }

  var name: String { "ntfy" }

  func request(for notice: SentNotice) throws(HTTPFailure) -> HTTPRequest {
    var request = HTTPRequest(.post, address)
    request.body = Self.cut(notice.notice.text)
    request.headers = [
      try HTTPHeader("Title", Self.word(notice.notice.title)),
      try HTTPHeader("Priority", notice.notice.isFailure ? "high" : "default"),
      try HTTPHeader("Tags", notice.notice.isFailure ? "warning" : "white_check_mark"),
    ]
    if let authorization { request.headers.append(authorization) }
    return request
  }

  private static func isOfTopic(_ byte: UInt8) -> Bool {
    let sign = Character(Unicode.Scalar(byte))
    return byte < 0x80 && (sign.isLetter || sign.isNumber || sign == "-" || sign == "_")
  }

  private static func cut(_ text: String) -> [UInt8] {
    var text = text
    while text.utf8.count > longestText { text.removeLast() }
    return Array(text.utf8)
  }

  /// A header's text; of other scripts as RFC 2047 has it, since proxies may stumble over plain UTF-8.
  private static func word(_ text: String) -> String {
    if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return text }
    return "=?UTF-8?B?\(Base64.encode(Array(text.utf8)))?="
  }
}
