package import Foundations
import Synchronization

/// Asks other machines over HTTP, and waits for their answers.
///
/// It blocks the thread it is called on, which must be one of our own. Any number may ask at once;
/// connections are kept and used again. Certificates are always checked, and proxies of the
/// environment (`https_proxy`, `no_proxy`) are gone through, as curl does it.
package final class HTTPClient: Sendable {
  /// What holds for all requests of a client.
  package struct Options: Sendable {
    /// How it introduces itself: `mediary/1.0`.
    package var agent: String
    /// The certificates that are trusted, in a file; the system's unless the environment names
    /// others (`SSL_CERT_FILE`).
    package var certificates: FilePath?

    /// The options with the environment's certificates.
    package init(
      agent: String, environment: [String: String] = ProcessEnvironment.all
    ) {
      self.agent = agent
      certificates = environment["SSL_CERT_FILE"].flatMap { $0.isEmpty ? nil : FilePath($0) }
    }
  }

  private static let mostIdle = 8

  private let options: Options
  private let time: any TimeSource
  private let idle = Mutex<[Connections]>([])

  /// A client; nothing is opened yet.
  package init(_ options: Options, time: any TimeSource = SystemTime()) {
    self.options = options
    self.time = time
  }

  /// Asks once, and gives the answer, whatever its status.
  ///
  /// Raising the flag ends it at once.
  package func send(_ request: HTTPRequest, stop: StopFlag) throws(HTTPFailure) -> HTTPResponse {
    do throws(StoppedFailure) { try stop.check() } catch { throw HTTPFailure(stopped: error) }
    let connections: Connections
    if let kept = idle.withLock({ $0.popLast() }) {
      connections = kept
    } else {
      connections = try Connections()
    }
    let transfer = Transfer(request, options, over: connections, time: time)
    let response = try transfer.run(stop: stop)
    // What failed is let go of with its connections, in whatever state they are.
    idle.withLock { if $0.count < Self.mostIdle { $0.append(connections) } }
    return response
  }
}
