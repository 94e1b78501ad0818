import Foundation

/// An HTTP server on this machine that does what a path tells it, and tells what it was asked.
///
/// Python's, so that no fault of ours answers to itself. It ends with the value, and with the tests.
package final class StandInServer: @unchecked Sendable {
  // Sendable because all that changes is reached with `condition` held.

  /// What it was asked.
  package struct Asked: Sendable {
    package let method: String
    package let path: String
    /// Names are in lower case.
    package let headers: [String: String]
    /// Its first 4,000 bytes.
    package let body: String
    /// The asker's port, which tells connections apart.
    package let port: Int
  }

  /// `http://127.0.0.1:12345`.
  package let origin: String
  private let process = Process()
  private let held: Pipe
  private let condition = NSCondition()
  private var asked: [Asked] = []
  private var marks: Set<String> = []

  /// Starts a server, encrypted where a certificate with its key is given.
  package init(on host: String = "127.0.0.1", certificate: String? = nil) throws {
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments = ["-c", standInScript, host, certificate ?? ""]
    let (output, input) = (Pipe(), Pipe())
    process.standardOutput = output
    // Its end is the server's.
    process.standardInput = input
    try process.run()
    let lines = Lines(output.fileHandleForReading)
    guard let first = lines.next(), let port = Int(first) else {
      throw StandInServerError(description: "the stand-in server did not start")
    }
    let shown = host.contains(":") ? "[\(host)]" : host
    origin = "\(certificate == nil ? "http" : "https")://\(shown):\(port)"
    held = input
    let taker = Thread { [weak self] in
      while let line = lines.next() { self?.take(line) }
    }
    taker.start()
  }

  deinit {
    // The threads that start children let no SIGTERM through, and neither do their children.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// Everything that it has been asked so far.
  package var requests: [Asked] {
    // Its lines come on a way of their own: what it says to this comes behind all of them.
    let mark = UUID().uuidString
    try? held.fileHandleForWriting.write(contentsOf: Data("\(mark)\n".utf8))
    return condition.withLock {
      while !marks.contains(mark) { condition.wait() }
      return asked
    }
  }

  /// Waits until it was asked so often.
  package func waitForRequests(_ count: Int) -> [Asked] {
    condition.withLock {
      while asked.count < count { condition.wait() }
      return asked
    }
  }

  private func take(_ line: String) {
    guard let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    else {
      return condition.withLock {
        marks.insert(line)
        condition.broadcast()
      }
    }
    let one = Asked(
      method: object["method"] as? String ?? "", path: object["path"] as? String ?? "",
      headers: object["headers"] as? [String: String] ?? [:],
      body: object["body"] as? String ?? "", port: object["port"] as? Int ?? 0)
    condition.withLock {
      asked.append(one)
      condition.broadcast()
    }
  }

  /// The lines of a pipe, one after the other.
  private final class Lines: @unchecked Sendable {
    // Sendable because one thread reads at a time: the maker's first, the taker's then.
    private let handle: FileHandle
    private var rest = Data()

    init(_ handle: FileHandle) { self.handle = handle }

    func next() -> String? {
      while true {
        if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
          let line = String(decoding: rest[rest.startIndex..<end], as: UTF8.self)
          rest = Data(rest[(end + 1)...])
          return line
        }
        let more = handle.availableData
        if more.isEmpty { return nil }
        rest += more
      }
    }
  }
}

/// The server did not come up.
package struct StandInServerError: Error, CustomStringConvertible {
  package let description: String
}

extension StandInServer {
  /// A certificate for 127.0.0.1 with its key in one file, signed by itself.
  package static func makeCertificate(in folder: String) throws -> String {
    let path = folder + "/server.pem"
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/openssl")
    process.arguments =
      ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
      + ["-keyout", path + ".key", "-out", path + ".crt", "-days", "2", "-subj", "/CN=stand-in"]
      + ["-addext", "subjectAltName=IP:127.0.0.1"]
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let parts = try [".key", ".crt"].map { try Data(contentsOf: URL(filePath: path + $0)) }
    try (parts[0] + parts[1]).write(to: URL(filePath: path))
    return path
  }
}
