import Foundations
import Glibc
import Synchronization

/// A real pipe with a reader on a thread of its own, so that no writer waits for ever.
final class OutputPipe: Sendable {
  let writeEnd: Int32
  private let readEnd: Int32
  private let received = Mutex<[UInt8]>([])
  private let reader: Mutex<pthread_t?>

  init(nonblocking: Bool = false) {
    var ends: [Int32] = [-1, -1]
    precondition(pipe(&ends) == 0)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (readEnd, writeEnd) = (ends[0], ends[1])
    if nonblocking { _ = fcntl(ends[1], F_SETFL, O_NONBLOCK) }
    reader = Mutex(nil)
    let thread = Self.start { [self] in readAll() }
    reader.withLock { $0 = thread }
  }

  private static func start(_ work: @escaping @Sendable () -> Void) -> pthread_t {
    final class Work: Sendable {
      let run: @Sendable () -> Void
      init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }
    var thread = pthread_t()
    let context = Unmanaged.passRetained(Work(work)).toOpaque()
    pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<Work>.fromOpaque(context).takeRetainedValue().run()
        return nil
      }, context)
    return thread
  }

  private func readAll() {
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while true {
      let count = read(readEnd, &buffer, buffer.count)
      guard count > 0 else { break }
      received.withLock { $0 += buffer[..<count] }
    }
  }

  /// Closes the writing end and gives all that was written.
  func finish() -> String {
    close(writeEnd)
    if let thread = reader.withLock({ $0 }) { pthread_join(thread, nil) }
    close(readEnd)
    return String(decoding: received.withLock { $0 }, as: UTF8.self)
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
