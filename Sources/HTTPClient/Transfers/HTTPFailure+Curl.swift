import CCurl
import Foundations

extension HTTPFailure {
  /// What libcurl's result means, with its own words.
  init(_ result: CURLcode, _ words: String, isTooLarge: Bool, of request: HTTPRequest) {
    let address = request.address
    let said = words.isEmpty ? String(cString: mediary_curl_text(result)) : words
    // Its words may name the address.
    let safe = TerminalSafe.line(Redaction.standard.text(said))
    let limit = HumanText.bytes(Int64(request.limits.body))
    switch result {
    case _ where isTooLarge, CURLE_FILESIZE_EXCEEDED:
      self.init(.httpTooLarge, "\(address) answered with more than \(limit)")
    case CURLE_URL_MALFORMAT: self.init(.httpBadURL, "\(address): \(safe)")
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
      self.init(
        .httpUnresolved, "\(address): \(safe)",
        hint: "see whether the name is right, and whether this machine has a network")
    case CURLE_COULDNT_CONNECT:
      self.init(
        .httpRefused, "\(address): \(safe)",
        hint: "see whether it is up and can be reached from here")
    case CURLE_OPERATION_TIMEDOUT: self.init(.httpTimeout, "\(address): \(safe)")
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM,
      CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS,
      CURLE_SSL_CACERT_BADFILE:
      self.init(
        .httpTLS, "\(address): \(safe)",
        hint: "a certificate of your own is trusted by SSL_CERT_FILE=file.pem")
    case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE, CURLE_HTTP2,
      CURLE_HTTP2_STREAM:
      self.init(.httpBroken, "\(address): \(safe)")
    default: self.init(.httpBadAnswer, "\(address): \(safe)")
    }
  }

  /// Nothing went and nothing came for too long.
  init(idle request: HTTPRequest) {
    let idle = HumanText.duration(request.limits.idle)
    self.init(.httpTimeout, "\(request.address): nothing came for \(idle)")
  }
}
