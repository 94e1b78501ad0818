import Foundations
import HTTPClient
import Testing

@Suite("HTTP addresses and headers")
struct HTTPAddressTests {
  @Test(
    "show what they are and no secrets",
    arguments: [
      ("https://ntfy.sh/topic", "https://ntfy.sh/topic"),
      ("HTTP://Example.org:8080", "http://Example.org:8080"),
      ("https://anna:word@example.org/a?b=c", "https://example.org/a?b=c"),
      ("http://[::1]:80/x", "http://[::1]:80/x"),
      ("https://h/x?token=abc&n=1#f", "https://h/x?token=(hidden)&n=1#f"),
    ])
  func shown(text: String, shown: String) throws {
    #expect(try HTTPAddress(text).description == shown)
  }

  @Test("of a secret one the machine is shown and nothing else")
  func secret() throws {
    let address = try HTTPAddress("https://u:p@hooks.example.org/T0/B1/key", isSecret: true)
    #expect("\(address)" == "https://hooks.example.org")
  }

  @Test(
    "that are none are refused without being shown",
    arguments: [
      "", "example.org", "ftp://example.org", "file:///etc/passwd", "http://", "http:///path",
      "https://:443/", "http://a b/", "http://a\r\nX: y/", "http://a\\@b/", "http://a@b@c/",
      "http://host:0/", "http://host:99999/", "http://host:+1/", "http://host:80:80/",
      "http://[::1",
      "http://[::1]x/", "http://[example.org]/", "http://exämple.org/", "http://h/ä",
      "javascript:x",
      "http://a%2eb/", "https//secret-token.example",
    ])
  func refused(text: String) throws {
    let failure = try #require(throws: HTTPFailure.self) { try HTTPAddress(text) }
    #expect(failure.code == .httpBadURL && failure.hint != nil)
    #expect(!failure.message.contains("secret"))
  }

  @Test(
    "headers that would write further headers are refused",
    arguments: [
      ("X-Title", "a\r\nX-Other: b"), ("X-Title", "a\nb"), ("X-Title", "a\u{0}b"),
      ("X-Title", "\u{7F}"), ("X Title", "a"), ("X:Title", "a"), ("X\r\n", "a"), ("", "a"),
      ("Tïtle", "a"),
    ])
  func headers(name: String, value: String) throws {
    let failure = try #require(throws: HTTPFailure.self) { try HTTPHeader(name, value) }
    #expect(failure.code == .httpBadHeader)
  }
}
