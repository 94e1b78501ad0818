import CCurl
import Foundations

/// One request on its way.
struct Transfer {
  private let request: HTTPRequest
  private let options: HTTPClient.Options
  private let connections: Connections
  private let time: any TimeSource

  init(
    _ request: HTTPRequest, _ options: HTTPClient.Options, over connections: Connections,
    time: any TimeSource
  ) {
    self.request = request
    self.options = options
    self.connections = connections
    self.time = time
  }

  private var handle: UnsafeMutableRawPointer { connections.handle }

  /// Runs it to its end, or until the flag is raised.
  func run(stop: StopFlag) throws(HTTPFailure) -> HTTPResponse {
    let answer = Answer(atMost: request.limits.body)
    let lines = HeaderLines(request)
    var words = [CChar](repeating: 0, count: Int(CURL_ERROR_SIZE))
    let token = stop.onStop { [connections] _ in connections.wake() }
    defer { stop.removeAction(token) }
    let (ending, status, pause) = words.withUnsafeMutableBufferPointer { words in
      set(lines, answer, words.baseAddress)
      connections.begin()
      // Everything that libcurl was told the address of outlives this.
      defer { connections.end() }
      let ending = drive(stop)
      return (
        ending, mediary_curl_number(handle, CURLINFO_RESPONSE_CODE),
        mediary_curl_size(handle, CURLINFO_RETRY_AFTER)
      )
    }
    withExtendedLifetime(answer) {}
    switch ending {
    case .stopped(let failure): throw HTTPFailure(stopped: failure)
    case .idle: throw HTTPFailure(idle: request)
    case .done(CURLE_OK):
      return HTTPResponse(
        status: status, headers: answer.headers, body: answer.body,
        retryAfter: pause > 0 ? .seconds(Int64(pause)) : nil)
    case .done(let code):
      let said = String(
        decoding: words.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      throw HTTPFailure(code, said, isTooLarge: answer.isTooLarge, of: request)
    }
  }

  private enum Ending {
    case done(CURLcode)
    case stopped(StoppedFailure)
    case idle
  }

  private func drive(_ stop: StopFlag) -> Ending {
    var (moved, movedAt) = (Int64(-1), time.uptime)
    while true {
      do throws(StoppedFailure) { try stop.check() } catch { return .stopped(error) }
      if let result = connections.advance() { return .done(result) }
      let now = time.uptime
      // Until it is connected, that has a limit of its own.
      if connections.moved != moved || !connections.isConnected {
        (moved, movedAt) = (connections.moved, now)
      }
      guard now - movedAt < request.limits.idle else { return .idle }
      connections.wait(atMost: movedAt + request.limits.idle - now)
    }
  }

  private func set(
    _ lines: borrowing HeaderLines, _ answer: Answer, _ words: UnsafeMutablePointer<CChar>?
  ) {
    text(CURLOPT_URL, request.address.text)
    // Other protocols that libcurl knows, such as file: and gopher:, are nobody's business here.
    text(CURLOPT_PROTOCOLS_STR, "http,https")
    text(CURLOPT_REDIR_PROTOCOLS_STR, request.address.isEncrypted ? "https" : "http,https")
    number(CURLOPT_FOLLOWLOCATION, request.limits.redirects > 0 ? 1 : 0)
    number(CURLOPT_MAXREDIRS, request.limits.redirects)
    text(CURLOPT_USERAGENT, options.agent)
    if let file = options.certificates { text(CURLOPT_CAINFO, file.text) }
    // Signals are the program's. A name server that is silent is let go of and not waited for.
    number(CURLOPT_NOSIGNAL, 1)
    number(CURLOPT_QUICK_EXIT, 1)
    number(CURLOPT_CONNECTTIMEOUT_MS, milliseconds(request.limits.connect))
    number(CURLOPT_TIMEOUT_MS, milliseconds(request.limits.whole))
    setMethod()
    pointer(CURLOPT_HTTPHEADER, lines.list)
    number(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    let place = Unmanaged.passUnretained(answer).toOpaque()
    mediary_curl_set_taker(handle, CURLOPT_HEADERFUNCTION, Answer.lineTaker)
    pointer(CURLOPT_HEADERDATA, place)
    mediary_curl_set_taker(handle, CURLOPT_WRITEFUNCTION, Answer.bodyTaker)
    pointer(CURLOPT_WRITEDATA, place)
    pointer(CURLOPT_ERRORBUFFER, words)
    size(CURLOPT_MAXFILESIZE_LARGE, request.limits.body)
  }

  private func setMethod() {
    let method = request.method
    if method == .head {
      number(CURLOPT_NOBODY, 1)
    } else if method == .post || !request.body.isEmpty {
      number(CURLOPT_POST, 1)
      size(CURLOPT_POSTFIELDSIZE_LARGE, request.body.count)
      request.body.withUnsafeBytes { bytes in
        // It takes a copy, of as many bytes as it was told before; without any it would read ours.
        var nothing: UInt8 = 0
        withUnsafeMutablePointer(to: &nothing) { empty in
          pointer(
            CURLOPT_COPYPOSTFIELDS,
            bytes.baseAddress.map { UnsafeMutableRawPointer(mutating: $0) } ?? .init(empty))
        }
      }
    }
    if ![.get, .head, .post].contains(method) || method == .get && !request.body.isEmpty {
      text(CURLOPT_CUSTOMREQUEST, method.rawValue)
    }
  }

  private func milliseconds(_ duration: Duration) -> Int {
    // Nought would be for ever.
    max(1, Int((duration / .milliseconds(1)).rounded(.up)))
  }

  private func number(_ option: CURLoption, _ value: Int) {
    require(mediary_curl_set_number(handle, option, value), option)
  }
  private func size(_ option: CURLoption, _ value: Int) {
    require(mediary_curl_set_size(handle, option, curl_off_t(value)), option)
  }
  private func text(_ option: CURLoption, _ value: String) {
    require(mediary_curl_set_text(handle, option, value), option)
  }
  private func pointer(_ option: CURLoption, _ value: UnsafeMutableRawPointer?) {
    require(mediary_curl_set_pointer(handle, option, value), option)
  }

  // What is set here every libcurl has that can be opened: anything else is a mistake of ours.
  private func require(_ code: CURLcode, _ option: CURLoption) {
    guard code != CURLE_OK else { return }
    fatalError("libcurl does not take option \(option.rawValue): \(code.rawValue)")
  }
}
