import Foundations
import Glibc

/// A real pipe with a reader on a thread of its own, so that no writer waits for ever.
final class OutputPipe: Sendable {
  private struct State {
    var received: [UInt8] = []
    var isAtEnd = false
  }

  let writeEnd: Int32
  private let readEnd: Int32
  private let state = Monitor(State())

  init(nonblocking: Bool = false) throws {
    var ends: [Int32] = [-1, -1]
    try systemCall("make a pipe") { pipe(&ends) }
    for end in ends { try systemCall("close on exec") { fcntl(end, F_SETFD, FD_CLOEXEC) } }
    if nonblocking { try systemCall("unblock") { fcntl(ends[1], F_SETFL, O_NONBLOCK) } }
    (readEnd, writeEnd) = (ends[0], ends[1])
    try OwnThread.start(named: "pipe") { [self] in readAll() }
  }

  private func readAll() {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(readEnd, &buffer, buffer.count)
      guard count > 0 else { break }
      state.withLock { $0.received += buffer[..<count] }
    }
    close(readEnd)
    state.withLock { $0.isAtEnd = true }
    state.notify()
  }

  /// Closes the writing end and gives all that was written.
  func finish() -> String {
    close(writeEnd)
    let bytes = state.wait { $0.isAtEnd ? $0.received : nil }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// Environments of common terminals.
enum TestEnvironment {
  static let plain = ["TERM": "xterm", "LANG": "C"]
  static let modern = [
    "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "en_GB.UTF-8",
  ]
}

extension Terminal {
  /// A told terminal of a size.
  static func told(
    _ columns: Int, rows: Int = 24, _ environment: [String: String] = TestEnvironment.modern
  ) -> Terminal {
    Terminal(isInteractive: true, environment: environment) {
      TerminalSize(columns: columns, rows: rows)
    }
  }

  /// A stream that is no terminal.
  static let file = Terminal(isInteractive: false, environment: TestEnvironment.modern)
}
