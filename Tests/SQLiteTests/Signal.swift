import Foundation
import Foundations

/// Something that has happened or not; threads stand still until it has.
final class Signal: Sendable {
  private let isGiven = Monitor(false)

  /// Blocks the thread until it is given.
  func await() { isGiven.wait { $0 ? () : nil } }

  /// Lets everybody pass, for good.
  func give() {
    isGiven.withLock { $0 = true }
    isGiven.notify()
  }
}

/// A Python program that holds the write lock of a database and knows of no turns.
final class Stranger {
  private let process = Process()
  private let input = Pipe()

  init(holding path: FilePath) throws {
    let script = """
      import sqlite3, sys
      db = sqlite3.connect(sys.argv[1], isolation_level=None)
      db.execute("BEGIN IMMEDIATE"); print("held", flush=True); sys.stdin.readline()
      db.execute("ROLLBACK"); print("free", flush=True)
      """
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments = ["-c", script, path.text]
    process.standardInput = input
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    _ = output.fileHandleForReading.availableData
  }

  func letGo() throws {
    try input.fileHandleForWriting.write(contentsOf: Data("\n".utf8))
    process.waitUntilExit()
  }

  deinit {
    if process.isRunning { process.terminate() }
  }
}
