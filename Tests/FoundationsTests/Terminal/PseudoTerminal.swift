import Foundation
import Foundations
import Glibc

/// A real terminal as the kernel makes it: what is written to the inner end appears outside.
final class PseudoTerminal {
  /// The end a program writes to and a person would sit at.
  let inner: Int32
  private let outer: Int32
  private let path: String
  private var children: [Process] = []
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
    close(inner)
    close(outer)
    for child in children { child.waitUntilExit() }
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

  /// Starts a program whose terminal this is; it is hung up on when this value goes.
  func start(_ arguments: [String], environment: [String: String], in folder: String) throws {
    let terminal = FileHandle(fileDescriptor: inner, closeOnDealloc: false)
    let child = Process()
    child.executableURL = URL(filePath: "/usr/bin/setsid")
    child.arguments = ["--ctty", "--wait"] + arguments
    child.environment = environment
    child.currentDirectoryURL = URL(filePath: folder)
    (child.standardInput, child.standardOutput, child.standardError) = (
      terminal, terminal, terminal
    )
    try child.run()
    children.append(child)
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
