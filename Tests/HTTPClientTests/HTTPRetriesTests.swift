import Foundations
import HTTPClient
import StandInServer
import TestSupport
import Testing

@Suite("HTTP, again and again", .timeLimit(.minutes(1)))
struct HTTPRetriesTests {
  private let server: StandInServer
  private let client = HTTPClient(HTTPClient.Options(agent: "mediary/test", environment: [:]))
  private let waits = Collected<Duration>()
  private let time = ManualTime()

  init() throws { server = try StandInServer() }

  private func send(_ path: String, stop: StopFlag = StopFlag()) throws -> HTTPResponse {
    var retries = HTTPRetries()
    retries.wait = { [waits, time] duration, _ in
      waits.note(duration)
      time.advance(by: duration)
    }
    return try client.send(
      HTTPRequest(.post, HTTPAddress(server.origin + path)), retries, time: time, stop: stop)
  }

  @Test("a server in trouble is asked three times, then given up on")
  func trouble() throws {
    let failure = try #require(throws: HTTPFailure.self) { try send("/then/500") }
    #expect(failure.code == .httpBusy && failure.message.hasSuffix("(after 3 attempts)"))
    #expect(server.requests.count == 3)
    #expect(waits.values.count == 2)
    #expect(waits.values[0] <= .seconds(1) && waits.values[1] <= .seconds(2))
  }

  @Test("a server that asks for a pause gets it, and the request goes through")
  func pause() throws {
    #expect(try send("/then/429:3,200").status == 200)
    #expect(waits.values == [.seconds(3)])
    #expect(server.requests.count == 2)
  }

  @Test("one that asks for a long pause is not waited for")
  func longPause() throws {
    #expect(throws: HTTPFailure.self) { try send("/then/503:600,200") }
    #expect(server.requests.count == 1 && waits.values.isEmpty)
  }

  @Test("a no is a no", arguments: ["/then/404,200", "/then/302,200", "/nonsense"])
  func refusal(path: String) throws {
    let failure = try #require(throws: HTTPFailure.self) { try send(path) }
    #expect(!failure.mayPass && !failure.message.contains("attempts"))
    #expect(server.requests.count == 1)
  }

  @Test("a connection that breaks is made again")
  func broken() throws {
    #expect(throws: HTTPFailure.self) { try send("/cut") }
    #expect(server.requests.count == 3)
  }

  @Test("all attempts together have an end")
  func within() throws {
    var retries = HTTPRetries()
    retries.within = .seconds(4)
    retries.wait = { [time] duration, _ in time.advance(by: duration) }
    let request = HTTPRequest(.get, try HTTPAddress(server.origin + "/then/503:3"))
    #expect(throws: HTTPFailure.self) {
      try client.send(request, retries, time: time, stop: StopFlag())
    }
    #expect(server.requests.count == 2)
  }

  @Test("raising the flag ends a wait at once")
  func stopped() throws {
    let stop = StopFlag()
    let (server, request) = (
      server, HTTPRequest(.get, try HTTPAddress(server.origin + "/then/503:10"))
    )
    try OwnThread.start(named: "stopping") {
      _ = server.waitForRequests(1)
      stop.stop(.signal(15))
    }
    let failure = try #require(throws: HTTPFailure.self) {
      try client.send(request, HTTPRetries(), stop: stop)
    }
    #expect(failure.code == .stopped)
    #expect(server.requests.count == 1)
  }
}
