import Foundations
import TestSupport
import Testing

@Suite("Taking secrets out")
struct RedactionTests {
  private let rule = Redaction.standard

  @Test(
    "secrets are hidden and the rest stays as it is",
    arguments: [
      // URLs.
      ("get https://bob:hunter2@example.org/x?y=1", "get https://(hidden)@example.org/x?y=1"),
      ("postgres://app:p%40ss@db:5432/mediary", "postgres://(hidden)@db:5432/mediary"),
      ("https://token@github.com/a.git", "https://(hidden)@github.com/a.git"),
      ("https://x/?a=1&token=abc&b=2", "https://x/?a=1&token=(hidden)&b=2"),
      ("https://x/?api_key=abc", "https://x/?api_key=(hidden)"),
      ("https://x/?key=abc#f", "https://x/?key=(hidden)"),
      (
        "https://x/?X-Amz-Credential=AK%2F1&X-Amz-Signature=ff&X-Amz-Date=1",
        "https://x/?X-Amz-Credential=(hidden)&X-Amz-Signature=(hidden)&X-Amz-Date=1"
      ),
      ("https://x/?sv=1&sig=a%2Bb", "https://x/?sv=1&sig=(hidden)"),
      (
        "/v1/assets/1/content?expires=9&signature=ab",
        "/v1/assets/1/content?expires=9&signature=(hidden)"
      ),
      (
        "?url=https%3A%2F%2Fx%2F%3Ftoken%3Dabc%26b%3D2",
        "?url=https%3A%2F%2Fx%2F%3Ftoken%3D(hidden)%26b%3D2"
      ),
      ("https://user@example.org:80/a@b", "https://(hidden)@example.org:80/a@b"),
      ("https://example.org/a@b", "https://example.org/a@b"),
      // Headers.
      ("Authorization: Bearer abc.def-ghi", "Authorization: (hidden)"),
      ("authorization: Basic dTpw\nAccept: */*", "authorization: (hidden)\nAccept: */*"),
      ("Cookie: a=b; c=d", "Cookie: (hidden)"),
      ("Set-Cookie: sid=1; Path=/", "Set-Cookie: (hidden)"),
      ("Proxy-Authorization: x y", "Proxy-Authorization: (hidden)"),
      ("X-Api-Key: abc", "X-Api-Key: (hidden)"),
      ("sent Bearer eyJhbGciOi.x", "sent Bearer (hidden)"),
      ("header='Authorization: Bearer abc'", "header='Authorization: (hidden)'"),
      ("Authorization=Bearer abc next", "Authorization=(hidden) next"),
      // Assignments.
      ("password=hunter2 user=bob", "password=(hidden) user=bob"),
      ("password = hunter2", "password = (hidden)"),
      ("PGPASSWORD=x psql", "PGPASSWORD=(hidden) psql"),
      ("AWS_SECRET_ACCESS_KEY=a/b+c", "AWS_SECRET_ACCESS_KEY=(hidden)"),
      ("aws_access_key_id: AKIA", "aws_access_key_id: (hidden)"),
      ("s3.secret_key = \"a b\" # c", "s3.secret_key = \"(hidden)\" # c"),
      ("password='a b' x", "password='(hidden)' x"), ("hf_token=hf_abc", "hf_token=(hidden)"),
      ("accessToken: abc", "accessToken: (hidden)"), ("password=a,b;c)d e", "password=(hidden) e"),
      ("password=\"a\\\"b\" x", "password=\"(hidden)\" x"),
      ("password=\"\" user=bob", "password=\"\" user=bob"), ("password=", "password="),
      ("token:", "token:"), ("password=\"open", "password=\"(hidden)"),
      // Command lines.
      ("curl --api-key abc --output x", "curl --api-key (hidden) --output x"),
      ("--token=abc x", "--token=(hidden) x"), ("--token --verbose", "--token --verbose"),
      ("--password 'a b' c", "--password '(hidden)' c"),
      // JSON.
      (#"{"token":"abc","n":1}"#, #"{"token":"(hidden)","n":1}"#),
      (#"{"api_key" : "a\"b", "x": 2}"#, #"{"api_key" : "(hidden)", "x": 2}"#),
      (#"{"body":"{\"token\":\"abc\",\"n\":1}"}"#, #"{"body":"{\"token\":\"(hidden)\",\"n\":1}"}"#),
      (#"{"password":"","user":"bob"}"#, #"{"password":"","user":"bob"}"#),
      (#"{"secret":123}"#, #"{"secret":(hidden)"#),
      // What is no secret.
      ("", ""), ("tokens=5 max_tokens: 7", "tokens=5 max_tokens: 7"),
      ("the token was refused", "the token was refused"),
      ("key=value keyframe=3", "key=value keyframe=3"),
      ("basic settings", "basic settings"), ("Basic dXNlcjpwdw==", "Basic (hidden)"),
      ("bearer of bad news", "bearer of bad news"), ("a:b@c", "a:b@c"),
      ("passes=2 author=x signal=9", "passes=2 author=x signal=9"),
      ("über:ümlaut=é %zz %", "über:ümlaut=é %zz %"),
      ("time 12:30:00 path=/a/b", "time 12:30:00 path=/a/b"),
      ("monkey=1 secretary=x", "monkey=1 secretary=x"),
    ])
  func texts(text: String, expected: String) {
    #expect(rule.text(text) == expected)
  }

  @Test("fields are hidden by their name, and within their texts, however deep")
  func fields() {
    let fields: JSONObject = [
      "token": "abc", "pin_secret": 1234, "cookie": ["a", "b"], "password": .null,
      "has_secret": true,
      "url": "https://a:b@c/?token=d",
      "request": ["headers": ["authorization": "x", "accept": "y"]],
      "list": ["password=x", 5],
      "arguments": ["tool", "--api-key", "abc", "--out", "f", "--token"], "key": "value",
    ]
    #expect(
      JSONValue.object(rule.fields(fields)).text()
        == #"{"token":"(hidden)","pin_secret":"(hidden)","cookie":"(hidden)","password":null,"has_secret":true,"#
        + #""url":"https://(hidden)@c/?token=(hidden)","request":{"headers":{"authorization":"(hidden)","accept":"y"}},"#
        + #""list":["password=(hidden)",5],"arguments":["tool","--api-key","(hidden)","--out","f","--token"],"key":"value"}"#
    )
  }

  @Test("a secret stays hidden behind any name that means one, in any of its forms")
  func everyForm() throws {
    let names = [
      "password", "API_KEY", "x-amz-signature", "clientSecret", "hf_token", "Authorization",
      "Set-Cookie",
    ]
    let forms = [
      "@=#", "@ = #", "@: #", "\"@\":\"#\"", "'@': '#'", "?@=#", "a&@=#&b", "--@ #", "--@=#",
      "{@=#}", "\\\"@\\\":\\\"#\\\"", "%3F@%3D#%26",
    ]
    try property("secrets in any form", times: 500) { random in
      let secret =
        "S3CR"
        + String(
          (0..<Int.random(in: 1...20, using: &random)).map { _ in
            "abcXYZ019-_.~+/".randomElement(using: &random) ?? "a"
          })
      let name = names.randomElement(using: &random) ?? ""
      let form = forms.randomElement(using: &random) ?? ""
      let around = ["", "x ", "é", "\n", "(", "1,"].randomElement(using: &random) ?? ""
      let text = around + form.replacing("@", with: name).replacing("#", with: secret) + " end"
      let safe = rule.text(text)
      #expect(!safe.contains("S3CR"), "\(text) became \(safe)")
    }
  }

  @Test("a text without secrets is copied as it is, and any text ends in a text")
  func copies() throws {
    try property("redaction keeps other text", times: 500) { random in
      let text = String.random(upTo: 60, using: &random)
      let safe = rule.text(text)
      if !safe.contains(Redaction.mark) { #expect(Array(safe.utf8) == Array(text.utf8)) }
      #expect(rule.text(safe) == safe)
    }
  }

  @Test(
    "a long text is scanned in reasonable time", .timeLimit(.minutes(5)),
    arguments: [
      LongText(repeating: "password=", count: 5_000), LongText(repeating: "://", count: 10_000),
      LongText(repeating: "%3D", count: 60_000),
      LongText(repeating: "token\"", count: 30_000), LongText(repeating: "a", count: 200_000),
      LongText(repeating: "Bearer ", count: 30_000),
    ])
  func staysQuick(source: LongText) {
    #expect(!rule.text(source.text).isEmpty)
  }
}
