import Foundation
import Foundations
import Glibc

/// A real terminal as the kernel makes it: what is written to the inner end appears outside.
final class PseudoTerminal {
  /// The end a program writes to and a person would sit at.
  let inner: Int32
  private let outer: Int32
  private let path: String
  private var children: [pid_t] = []
  private(set) var received = ""

  init(columns: Int, rows: Int) throws {
    var size = winsize(
      ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    var (outer, inner): (Int32, Int32) = (-1, -1)
    guard openpty(&outer, &inner, nil, nil, &size) == 0 else { throw POSIXError(.EIO) }
    for end in [outer, inner] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (self.outer, self.inner) = (outer, inner)
    path = String(cString: ttyname(inner))
  }

  deinit {
    for child in children {
      kill(child, SIGKILL)
      waitpid(child, nil, 0)
    }
    close(inner)
    close(outer)
  }

  /// Changes the size, as dragging the window's corner does.
  func resize(columns: Int, rows: Int) throws {
    let stty = Process()
    stty.executableURL = URL(filePath: "/usr/bin/stty")
    stty.arguments = ["-F", path, "cols", "\(columns)", "rows", "\(rows)"]
    try stty.run()
    stty.waitUntilExit()
    guard stty.terminationStatus == 0 else { throw POSIXError(.EIO) }
  }

  /// Starts a program whose terminal this is.
  func start(_ arguments: [String], environment: [String: String], in folder: String) throws {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var every = sigset_t()
    sigfillset(&every)
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigdefault(&attributes, &every)
    posix_spawnattr_setsigmask(&attributes, &none)
    // Glibc's header hides POSIX_SPAWN_SETSID from Swift.
    let flags = 0x80 | Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETSIGMASK)
    posix_spawnattr_setflags(&attributes, Int16(flags))
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // A session's leader that opens a terminal gets it as its own.
    posix_spawn_file_actions_addopen(&actions, 0, path, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var child = pid_t()
    let command = ["/usr/bin/env", "--chdir=\(folder)"] + arguments
    let status = Self.withCStrings(command) { argv in
      Self.withCStrings(environment.map { "\($0)=\($1)" }) { envp in
        posix_spawn(&child, command[0], &actions, &attributes, argv, envp)
      }
    }
    guard status == 0 else { throw FileFailure(errno: status, operation: "start", path: nil) }
    children.append(child)
  }

  private static func withCStrings<R>(
    _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> R
  ) -> R {
    let strings = texts.map { strdup($0) } + [nil]
    defer { for string in strings { free(string) } }
    return body(strings)
  }

  /// Types text.
  func type(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(outer, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  /// Forgets what has appeared so far.
  func forget() { received = "" }

  /// Waits until text has appeared; false when it has not after half a minute.
  func appears(_ text: String, within seconds: Int = 30) -> Bool {
    let end = SystemTime().uptime + .seconds(seconds)
    while !received.contains(text) {
      let left = end - SystemTime().uptime
      guard left > .zero, readSome(Int32(left / .milliseconds(1))) else { return false }
    }
    return true
  }

  /// Takes in all that has been written to the inner end by now.
  func drain() -> String {
    while readSome(0) {}
    return received
  }

  private func readSome(_ milliseconds: Int32) -> Bool {
    var waiting = pollfd(fd: outer, events: Int16(POLLIN), revents: 0)
    guard poll(&waiting, 1, milliseconds) > 0 else { return false }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = read(outer, &buffer, buffer.count)
    guard count > 0 else { return false }
    received += String(decoding: buffer[..<count], as: UTF8.self)
    return true
  }
}
