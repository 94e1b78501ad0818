import Foundation
import Foundations
import HTTPClient
import StandInServer
import TestSupport
import Testing

@Suite("HTTP", .timeLimit(.minutes(2)))
struct HTTPClientTests {
  private static func client(_ environment: [String: String] = [:]) -> HTTPClient {
    HTTPClient(HTTPClient.Options(agent: "mediary/test", environment: environment))
  }

  private static func request(_ address: String) throws -> HTTPRequest {
    HTTPRequest(.get, try HTTPAddress(address))
  }

  private static func request(
    _ method: HTTPRequest.Method, _ address: String, _ body: String = ""
  ) throws -> HTTPRequest {
    var request = HTTPRequest(method, try HTTPAddress(address))
    request.body = Array(body.utf8)
    return request
  }

  private func failure(
    _ request: HTTPRequest, by client: HTTPClient = Self.client(), stop: StopFlag = StopFlag()
  ) throws -> HTTPFailure {
    try #require(throws: HTTPFailure.self) { try client.send(request, stop: stop) }
  }

  @Test(
    "what was asked arrives as it was sent, and the answer comes back",
    arguments: HTTPRequest.Method.allCases)
  func methods(method: HTTPRequest.Method) throws {
    let server = try StandInServer()
    let body = method == .get || method == .head ? "" : "söme \u{0}bytes"
    var request = try Self.request(method, server.origin + "/echo?a=b%20c", body)
    request.headers = [try HTTPHeader("X-Word", "grün"), try HTTPHeader("X-Empty", "")]
    let response = try Self.client().send(request, stop: StopFlag())
    #expect(response.status == 200 && response.isSuccess)
    #expect(String(decoding: response.body, as: UTF8.self) == (method == .head ? "" : body))
    #expect(response["x-TWO"] == "one")
    #expect(response.headers.filter { $0.name == "X-Two" }.map(\.value) == ["one", "two"])
    let asked = try #require(server.waitForRequests(1).first)
    #expect(asked.method == method.rawValue && asked.path == "/echo?a=b%20c")
    #expect(asked.body == body)
    #expect(asked.headers["user-agent"] == "mediary/test" && asked.headers["x-empty"] == "")
    // Python reads the head as Latin-1.
    #expect(asked.headers["x-word"].map { Array($0.utf16.map(UInt8.init)) } == Array("grün".utf8))
    #expect(asked.headers["content-type"] == nil && asked.headers["expect"] == nil)
  }

  @Test("a large body goes out whole, and a large answer comes back whole")
  func large() throws {
    let server = try StandInServer()
    let body = String(repeating: "0123456789", count: 400_000)
    let response = try Self.client().send(
      Self.request(.post, server.origin + "/echo", body), stop: StopFlag())
    #expect(response.body == Array(body.utf8))
  }

  @Test("one connection serves one request after the other")
  func reuse() throws {
    let server = try StandInServer()
    let client = Self.client()
    for _ in 0..<3 { _ = try client.send(Self.request(server.origin + "/ok"), stop: StopFlag()) }
    #expect(Set(server.waitForRequests(3).map(\.port)).count == 1)
  }

  @Test("many threads ask side by side")
  func sideBySide() throws {
    let server = try StandInServer()
    let client = Self.client()
    let crew = try ThreadCrew(helpers: 7, named: "asking")
    let done = Collected<Int>()
    let address = try HTTPAddress(server.origin + "/ok")
    crew.perform(40) { _ in
      let response = try? client.send(HTTPRequest(.get, address), stop: StopFlag())
      done.note(response?.status ?? 0)
    }
    #expect(done.values == Array(repeating: 200, count: 40))
  }

  @Test("a machine on which nobody listens is told as such")
  func refused() throws {
    let origin = try { try StandInServer().origin }()
    let failure = try failure(Self.request(origin + "/hook?token=abcdef123"))
    #expect(failure.code == .httpRefused && failure.mayPass)
    #expect(failure.message.contains(origin + "/hook"))
    #expect(!failure.message.contains("abcdef123"))
  }

  @Test("a name that nobody knows is told as such")
  func unresolved() throws {
    let failure = try failure(Self.request("http://nobody.invalid/"))
    #expect(failure.code == .httpUnresolved)
  }

  @Test("raising the flag ends a request that hangs", arguments: ["hang", "stall"])
  func stopped(path: String) throws {
    let server = try StandInServer()
    let stop = StopFlag()
    try OwnThread.start(named: "stopping") {
      _ = server.waitForRequests(1)
      stop.stop(.signal(15))
    }
    let failure = try failure(Self.request(server.origin + "/" + path), stop: stop)
    #expect(failure.code == .stopped)
    #expect((failure.cause as? StoppedFailure)?.reason == .signal(15))
    // Nothing is asked with a flag that is raised.
    _ = try self.failure(Self.request(server.origin + "/ok"), stop: stop)
    #expect(server.requests.count == 1)
  }

  @Test("a server that goes silent is given up on", arguments: ["hang", "stall"])
  func idle(path: String) throws {
    let server = try StandInServer()
    var request = try Self.request(server.origin + "/" + path)
    request.limits.idle = .milliseconds(80)
    #expect(try failure(request).code == .httpTimeout)
    request.limits = HTTPRequest.Limits()
    request.limits.whole = .milliseconds(80)
    #expect(try failure(request).code == .httpTimeout)
  }

  @Test(
    "an answer without end is not taken", arguments: ["huge", "told-huge", "many-headers"])
  func tooLarge(path: String) throws {
    let server = try StandInServer()
    var request = try Self.request(server.origin + "/" + path)
    request.limits.body = 1 << 20
    let failure = try failure(request)
    #expect(failure.code == .httpTooLarge && !failure.mayPass, "\(failure)")
  }

  @Test("a connection that ends too soon, and words that are no HTTP, are told apart")
  func broken() throws {
    let server = try StandInServer()
    #expect(try failure(Self.request(server.origin + "/cut")).code == .httpBroken)
    #expect(try failure(Self.request(server.origin + "/nonsense")).code == .httpBadAnswer)
  }

  @Test("it looks elsewhere only as often as it may")
  func redirects() throws {
    let server = try StandInServer()
    var request = try Self.request(server.origin + "/redirect/2")
    #expect(try Self.client().send(request, stop: StopFlag()).status == 302)
    request.limits.redirects = 2
    let response = try Self.client().send(request, stop: StopFlag())
    #expect(response.status == 200 && response.body == Array("well".utf8))
    request.limits.redirects = 1
    #expect(try failure(request).code == .httpBadAnswer)
    // A redirect into the machine's files is none.
    let file = try Self.request(server.origin + "/to/file:%2F%2F%2Fetc%2Fhostname")
    request.address = file.address
    #expect(try failure(request).code == .httpBadAnswer)
  }

  @Test("who is not trusted is told nothing, and who is trusted is")
  func tls() throws {
    let folder = try TemporaryFolder()
    let certificate = try StandInServer.makeCertificate(in: folder.path)
    let server = try StandInServer(certificate: certificate)
    let request = try Self.request(.post, server.origin + "/ok", "secret")
    let failure = try failure(request)
    #expect(failure.code == .httpTLS && failure.message.contains("certificate"), "\(failure)")
    #expect(server.requests.isEmpty)
    let trusting = Self.client(["SSL_CERT_FILE": certificate])
    #expect(try trusting.send(request, stop: StopFlag()).status == 200)
    // The same server under a name that is not in its certificate.
    let other = server.origin.replacingOccurrences(of: "127.0.0.1", with: "localhost")
    #expect(try self.failure(Self.request(other + "/ok"), by: trusting).code == .httpTLS)
    // A server that speaks no TLS at all.
    let plain = try StandInServer()
    let wrong = plain.origin.replacingOccurrences(of: "http:", with: "https:")
    #expect(try self.failure(Self.request(wrong + "/ok"), by: trusting).code == .httpTLS)
  }

  @Test("an address of the sixth version of the protocol is an address")
  func versionSix() throws {
    let server = try StandInServer(on: "::1")
    #expect(
      try Self.client().send(Self.request(server.origin + "/ok"), stop: StopFlag()).status == 200)
  }

  @Test("user and password of an address go to the server and into no message")
  func credentials() throws {
    let server = try StandInServer()
    let address = server.origin.replacingOccurrences(of: "://", with: "://anna:pass%20word@")
    _ = try Self.client().send(Self.request(address + "/ok"), stop: StopFlag())
    let expected = "Basic " + Data("anna:pass word".utf8).base64EncodedString()
    #expect(server.waitForRequests(1)[0].headers["authorization"] == expected)
    let answer = try Self.client().send(Self.request(address + "/status/404"), stop: StopFlag())
    let failure = try #require(throws: HTTPFailure.self) {
      try answer.requireSuccess(of: HTTPAddress(address + "/status/404"))
    }
    #expect(failure.code == .httpStatus && !failure.mayPass)
    #expect(failure.message == "\(server.origin)/status/404 answered 404")
    #expect(failure.hint == "it said: this is why")
  }
}
