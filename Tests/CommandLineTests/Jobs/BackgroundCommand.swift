import Foundation
import Synchronization
import TestSupport

/// A `mediary` that runs beside the test, whose lines are read as they come.
final class BackgroundCommand: Sendable {
  private struct State {
    var buffer: [UInt8] = []
    var lines: [String] = []
  }

  private let process: Process
  private let out: FileHandle
  private let state = Mutex(State())

  /// Starts it; what it says on standard error is not kept.
  init(_ arguments: [String], environment: [String: String] = [:]) throws {
    process = Process()
    process.executableURL = URL(filePath: BuiltProducts.mediary)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    out = pipe.fileHandleForReading
    try process.run()
  }

  deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

  /// Its next line, waited for; nil once it has said all.
  func nextLine() -> String? {
    while true {
      let line = state.withLock { state -> String? in
        guard let end = state.buffer.firstIndex(of: 10) else { return nil }
        let line = String(decoding: state.buffer[..<end], as: UTF8.self)
        state.buffer.removeSubrange(...end)
        return line
      }
      if let line { return line }
      let piece = out.availableData
      if piece.isEmpty { return nil }
      state.withLock { $0.buffer += Array(piece) }
    }
  }

  /// Reads until a line that tells of an event; false where it ended before.
  func awaitEvent(_ name: String) -> Bool {
    while let line = nextLine() {
      let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      if object?["event"] as? String == name { return true }
    }
    return false
  }

  /// Sends it a signal, and nobody else.
  func signal(_ number: Int32) { kill(process.processIdentifier, number) }

  /// Waits for its end; gives its status, or 128 and the number of the signal that ended it.
  @discardableResult
  func awaitEnd() -> Int32 {
    while nextLine() != nil {}
    process.waitUntilExit()
    return process.terminationReason == .exit
      ? process.terminationStatus : 128 + process.terminationStatus
  }
}
