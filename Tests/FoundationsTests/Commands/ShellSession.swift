import Foundation
import TestSupport

/// A real interactive shell in a real terminal, with completions loaded, at which one types.
///
/// The command itself is a function that prints its arguments, so that what the shell made of a
/// line can be read off.
final class ShellSession {
  private let terminal: PseudoTerminal
  private let folder: TemporaryFolder

  /// Starts a shell in a folder of its own with some files in it.
  init(_ command: [String], setup: String) throws {
    folder = try TemporaryFolder()
    for name in ["a clip.mp4", "frames.npy", "films/one.mkv", "setup"] {
      try folder.write(name, name == "setup" ? Array(setup.utf8) : [])
    }
    terminal = try PseudoTerminal(columns: 200, rows: 50)
    try terminal.start(
      command,
      environment: [
        "HOME": folder.path, "PATH": "/usr/bin:/bin", "TERM": "xterm", "LC_ALL": "C.UTF-8",
        "HISTFILE": "/dev/null",
      ],
      in: folder.path)
    guard terminal.appears("start> ") else {
      throw CommandRunError("no prompt: \(terminal.received)")
    }
    terminal.type(". ./setup\r")
    guard terminal.appears("ready> ") else {
      throw CommandRunError("not ready: \(terminal.received)")
    }
  }

  /// Types a line, tabs and all, and answers with what is shown until the next prompt.
  func type(_ line: String) throws -> String {
    terminal.forget()
    terminal.type(line + "\r")
    guard terminal.appears("ready> ") else { throw CommandRunError("silent: \(terminal.received)") }
    return terminal.received
  }
}
